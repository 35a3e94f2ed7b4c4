import { plannedStages, RECIPES } from "@seedmask/core/contract";
import type { Command } from "commander";
import { printJson, print, printTable } from "./output.ts";
import { recipeNamed } from "./set-fields.ts";

const expectation = (recipe: (typeof RECIPES)[number]): string => {
  if (recipe.expected === null) return "not measured";
  const { low, high, dataset } = recipe.expected;
  return `${(low * 100).toFixed(0)}–${(high * 100).toFixed(0)} % on ${dataset}`;
};

/** `seedmask recipe …` */
export function addRecipeCommands(program: Command): void {
  const recipe = program.command("recipe").description("Complete, versioned configs");
  recipe
    .command("list")
    .option("--json", "print JSON")
    .action(({ json }: { readonly json?: boolean }) => {
      if (json) return printJson(RECIPES);
      printTable(
        ["NAME", "VERSION", "EXPECTED mIoU", "TITLE"],
        RECIPES.map((each) => [each.name, String(each.version), expectation(each), each.title]),
      );
    });
  recipe
    .command("show <name>")
    .option("--json", "print JSON")
    .action((name: string, { json }: { readonly json?: boolean }) => {
      const found = recipeNamed(name);
      if (json) return printJson(found);
      print(`${found.title} (version ${found.version})\n${found.description}`);
      print(`Expected: ${expectation(found)}`);
      print(`Stages: ${plannedStages(found.config).join(" → ")}`);
      print(JSON.stringify(found.config, null, 2));
    });
}
