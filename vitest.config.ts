import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{packages,apps}/*/{src,test,bin}/**/*.test.{ts,tsx}", "scripts/**/*.test.mjs"],
          exclude: ["**/*.golden.test.ts", "**/node_modules/**"],
          globalSetup: ["packages/db/test/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "golden",
          include: ["packages/*/src/**/*.golden.test.ts"],
          testTimeout: 300_000,
        },
      },
      {
        test: {
          name: "pipeline",
          include: ["tests/pipeline/**/*.test.ts"],
          globalSetup: ["packages/db/test/global-setup.ts"],
          testTimeout: 900_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "smoke",
          include: ["tests/smoke/**/*.test.ts"],
          testTimeout: 1_800_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
    maxWorkers: 2,
  },
});
