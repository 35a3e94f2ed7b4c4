import { defineConfig } from "@playwright/test";
import { DASHBOARD_URL, READY_URL, STATE_FILE } from "./support/addresses.ts";
import { LAUNCH_OPTIONS } from "./support/browser.ts";

export default defineConfig({
  testDir: ".",
  testMatch: "e2e/**/*.spec.ts",
  outputDir: "test-results",
  // One stack, one database, one worker: what one spec does another one sees.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env["CI"]),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env["PLAYWRIGHT_JSON_OUTPUT_FILE"] ? [["list"], ["json"]] : "list",
  use: {
    baseURL: DASHBOARD_URL,
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: LAUNCH_OPTIONS,
  },
  projects: [
    { name: "first-start", testMatch: "e2e/first-start.spec.ts" },
    {
      name: "chromium",
      dependencies: ["first-start"],
      testIgnore: "e2e/first-start.spec.ts",
      use: { storageState: STATE_FILE },
    },
    ...(process.env["SEEDMASK_SCREENSHOTS"] === undefined
      ? []
      : [
          {
            name: "screenshots",
            testMatch: "visual/screenshots.spec.ts",
            dependencies: ["first-start"],
            use: { storageState: STATE_FILE },
          },
        ]),
  ],
  webServer: {
    command: "node support/serve-stack.ts",
    url: READY_URL,
    timeout: 600_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
    stdout: "pipe",
  },
});
