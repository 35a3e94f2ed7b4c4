import type { Page } from "@playwright/test";
import { DASHBOARD_URL } from "../support/addresses.ts";
import { type Row, timeAnswers } from "./rows.ts";
import { type Answer, answersDuring, feltSoFar } from "./watch-page.ts";

const SORTS = ["name", "status", "meanIou", "duration", "createdAt"];
const SCREENS = 8;

const ofList = (answers: readonly Answer[]): Answer[] =>
  answers.filter(({ url }) => url.includes("runs.list"));

/** The table of 10,000 runs: opened, sorted, scrolled. */
export async function benchRuns(page: Page): Promise<Row[]> {
  const rows = page.getByRole("rowgroup").nth(1).getByRole("row");
  const pages: Answer[] = [];
  let opening = 0;
  let most = 0;
  for (const sort of SORTS) {
    const opened = await answersDuring(page, async () => {
      await page.goto(`${DASHBOARD_URL}/runs?sort=${sort}`);
      await rows.nth(10).waitFor();
      await page.waitForTimeout(1000);
    });
    opening = Math.max(opening, ofList(opened).length);
    const scrolled = await answersDuring(page, async () => {
      await rows.nth(1).hover();
      for (let screen = 0; screen < SCREENS; screen += 1) {
        await page.mouse.wheel(0, 800);
        await page.waitForTimeout(150);
        most = Math.max(most, await rows.count());
      }
    });
    pages.push(...ofList(scrolled));
  }
  const { layoutShift } = await feltSoFar(page);
  return [
    {
      name: "runs: requests of the list to open it",
      value: opening,
      unit: "requests",
      budget: 1,
    },
    {
      name: "runs: largest answer of the list",
      value: Math.max(0, ...pages.map(({ bytes }) => bytes)),
      unit: "bytes",
      budget: 60_000,
    },
    await timeAnswers(page, "runs: pages in five orders", pages, 150),
    { name: "runs: rows alive while scrolling", value: most, unit: "rows", budget: 80 },
    { name: "runs: layout shift", value: layoutShift, unit: "", budget: 0.1 },
  ];
}
