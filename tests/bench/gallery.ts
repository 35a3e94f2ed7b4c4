import type { Page } from "@playwright/test";
import { DASHBOARD_URL } from "../support/addresses.ts";
import { type Row, timeAnswers } from "./rows.ts";
import { answersDuring, feltSoFar, heapBytes } from "./watch-page.ts";

const TILES = 5_000;
/** Tiles after which the tab has all it will keep for what it shows. */
const WARM = 500;

/** The wall of 10,582 images a stage: opened, scrolled past 5,000 tiles, filtered, sorted. */
export async function benchGallery(page: Page, run: string): Promise<Row[]> {
  const tiles = page.locator("ul[aria-label^='Images of'] > li[aria-posinset]");
  const opened = await answersDuring(page, async () => {
    await page.goto(`${DASHBOARD_URL}/runs/${run}/gallery`);
    await tiles.first().locator("img").waitFor();
    await page.waitForTimeout(1000);
  });
  let most = 0;
  const scrollTo = async (wanted: number): Promise<void> => {
    await tiles.first().hover();
    for (let last = 0; last < wanted;) {
      await page.mouse.wheel(0, 1500);
      await page.waitForTimeout(100);
      most = Math.max(most, await tiles.count());
      last = Number(await tiles.last().getAttribute("aria-posinset"));
    }
  };
  await scrollTo(WARM);
  const warm = await heapBytes(page);
  const scrolled = await answersDuring(page, () => scrollTo(TILES));
  const after = await heapBytes(page);
  const felt = await feltSoFar(page);
  const choices = await answersDuring(page, async () => {
    for (const [filter, option] of [
      ["Order", "Best first"],
      ["IoU range", "25 – 50"],
      ["Stage", /Make seeds/],
    ] as const) {
      await page.getByRole("combobox", { name: filter }).click();
      await page.getByRole("option", { name: option }).first().click();
      await page.waitForTimeout(1500);
    }
  });
  const { interactions } = await feltSoFar(page);
  const listed = [...opened, ...choices].filter(({ url }) => url.includes("gallery.list"));
  return [
    {
      name: "gallery: requests of the first screen",
      value: opened.length,
      unit: "requests",
      budget: 2,
    },
    { name: "gallery: requests while 4,500 tiles pass", value: scrolled.length, unit: "requests" },
    await timeAnswers(page, "gallery: lists in every order", listed, 100),
    { name: "gallery: tiles alive", value: most, unit: "tiles", budget: 120 },
    { name: "gallery: heap after 500 tiles", value: warm, unit: "bytes" },
    { name: "gallery: heap after 5,000 tiles", value: after, unit: "bytes", budget: warm * 2 },
    { name: "gallery: layout shift", value: felt.layoutShift, unit: "", budget: 0.1 },
    {
      name: "gallery: slowest choice, press to paint",
      value: Math.max(0, ...interactions),
      unit: "ms",
      budget: 200,
    },
  ];
}
