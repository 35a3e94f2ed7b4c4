import type { Page } from "@playwright/test";
import type { RunConfig } from "@seedmask/core/contract";
import { z } from "zod";
import { DASHBOARD_URL } from "./addresses.ts";

const createdSchema = z.object({
  result: z.object({ data: z.object({ json: z.array(z.object({ id: z.string() })).min(1) }) }),
});

/** Launches a run as the signed-in user, past the form. */
export async function launchRun(
  page: Page,
  input: { readonly config: RunConfig; readonly dataset: string; readonly title: string },
): Promise<string> {
  const response = await page.request.post(`${DASHBOARD_URL}/api/trpc/runs.create`, {
    data: { json: { ...input, recipe: null } },
  });
  const { result } = createdSchema.parse(await response.json());
  return result.data.json[0]?.id ?? "";
}
