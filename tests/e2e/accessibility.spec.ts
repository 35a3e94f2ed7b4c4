import { AxeBuilder } from "@axe-core/playwright";
import { allRoutes } from "../support/routes.ts";
import { expect, test } from "../support/test.ts";
import { settle, THEMES, useTheme } from "../support/themes.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

for (const theme of THEMES) {
  test(`every screen is accessible in the ${theme} theme`, async ({ page }) => {
    test.setTimeout(240_000);
    await useTheme(page, theme);
    for (const { name, path } of await allRoutes()) {
      await test.step(name, async () => {
        const response = await page.goto(path);
        expect(response?.status(), path).toBe(200);
        await settle(page);
        const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
        const findings = violations.flatMap(({ id, nodes }) =>
          nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`),
        );
        expect.soft(findings, path).toEqual([]);
      });
    }
  });
}
