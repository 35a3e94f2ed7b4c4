import {
  configAt,
  type RunConfig,
  type SweepPlan,
  sweepPlanSchema,
  sweepSettings,
} from "@seedmask/core/contract";
import { type Actor, requireRole } from "../actor.ts";
import type { Database } from "../client.ts";
import { newId } from "../ids.ts";
import { writeAudit } from "../people/audit.ts";
import { requireSplits } from "../runs/create-run.ts";
import { sweep } from "../schema/index.ts";
import { launchPoints } from "./continue-sweep.ts";

export interface CreateSweepInput {
  readonly actor: Actor;
  readonly title: string;
  /** What every run has where the plan says nothing. */
  readonly config: RunConfig;
  /** Hash of the dataset version. */
  readonly dataset: string;
  readonly plan: SweepPlan;
  readonly recipe?: { readonly name: string; readonly version: number } | null;
  /** Run whose config is varied. */
  readonly parent?: string | null;
  readonly codeVersion: string;
}

/**
 * Records a sweep and launches its first points, once every point is known to be a config.
 * @throws {ConfigError} for a plan or a point that cannot be
 * @throws {NotFoundError} for an unknown dataset version
 */
export async function createSweep(
  db: Database,
  input: CreateSweepInput,
): Promise<{ id: string; points: number }> {
  const { actor, dataset, recipe, codeVersion } = input;
  requireRole(actor, "member", "create sweep");
  const plan = sweepPlanSchema.parse(input.plan);
  const settings = sweepSettings(plan);
  const configs = settings.map((setting) => configAt(input.config, setting));
  return db.drizzle.transaction(async (tx) => {
    for (const config of configs) await requireSplits(tx, dataset, config);
    const [held] = await tx
      .insert(sweep)
      .values({
        id: newId(),
        title: input.title,
        config: input.config,
        dataset,
        recipe: recipe?.name ?? null,
        recipeVersion: recipe?.version ?? null,
        parent: input.parent ?? null,
        plan,
        settings,
        codeVersion,
        owner: actor.id,
      })
      .returning();
    const { id, title } = held!;
    const details = { before: null, after: { title, points: settings.length } };
    const target = { type: "sweep", id };
    await writeAudit(tx, { actor, action: "sweep.create", target, details });
    await launchPoints(db, tx, held!);
    return { id, points: settings.length };
  });
}
