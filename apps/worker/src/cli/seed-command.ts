import { join, resolve } from "node:path";
import { closeDatabase, migrateDatabase, openDatabase } from "@seedmask/db";
import { ensurePostgres } from "@seedmask/db/embedded";
import { type Command, InvalidArgumentError } from "commander";
import { env } from "../env.ts";
import { seedHome } from "../seed.ts";
import { note, print, printJson } from "./output.ts";

interface SeedFlags {
  readonly runs: number;
  readonly scenes: number;
  readonly copies: number;
  readonly home: string;
  readonly json?: boolean;
}

const MOST = 1_000_000;

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > MOST) {
    throw new InvalidArgumentError(`Expected a whole number of 1…${MOST}.`);
  }
  return value;
}

async function seedCommand({ runs, scenes, copies, home, json }: SeedFlags): Promise<void> {
  const started = performance.now();
  const place = resolve(home);
  const elsewhere = place !== env.home;
  const url =
    (elsewhere ? null : env.databaseUrl) ??
    (await ensurePostgres({ dir: join(place, "postgres") })).url;
  const db = openDatabase(url, { max: 4 });
  try {
    await migrateDatabase(db);
    const seeded = await seedHome({
      db,
      home: place,
      runs,
      scenes,
      copies,
      onStep: (step) => note(step),
    });
    if (json) return printJson(seeded);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    print(`${seeded.runs} runs and ${seeded.tiles} tiles in ${seconds} s`);
    for (const { id, name } of seeded.large) print(`${id} ${name}`);
  } finally {
    await closeDatabase(db);
  }
}

/** `seedmask seed` */
export function addSeedCommand(program: Command): void {
  program
    .command("seed")
    .description("Fill a data home with many runs and a large gallery, to see how it holds up")
    .option("--runs <n>", "runs in the table", count, 10_000)
    .option("--scenes <n>", "distinct pictures", count, 407)
    .option(
      "--copies <n>",
      "how often each is in the large dataset, five tiles each time",
      count,
      26,
    )
    .option("--home <folder>", "data home", env.home)
    .option("--json", "print JSON")
    .action(seedCommand);
}
