/** The `seedmask` command: the dashboard's verbs for the terminal. */
import { SeedmaskError } from "@seedmask/core/contract";
import { Command, CommanderError } from "commander";
import pc from "picocolors";
import { addArtifactCommands } from "./cli/artifact-commands.ts";
import { addDatasetCommands } from "./cli/dataset-commands.ts";
import { addDoctorCommand } from "./cli/doctor-command.ts";
import { addExportCommands } from "./cli/export-commands.ts";
import { EXIT, EXIT_HELP, exitCodeOf } from "./cli/exit-codes.ts";
import { addImageCommands } from "./cli/image-commands.ts";
import { note } from "./cli/output.ts";
import { addParityCommand } from "./cli/parity-command.ts";
import { addProjectCommands } from "./cli/project-commands.ts";
import { addPredictCommand } from "./cli/predict-command.ts";
import { addRecipeCommands } from "./cli/recipe-commands.ts";
import { addRunCommands } from "./cli/run-commands.ts";
import { addSweepCommand } from "./cli/sweep-command.ts";
import { addSeedCommand } from "./cli/seed-command.ts";
import { addStageCommand } from "./cli/stage-command.ts";
import { addWeightsCommands } from "./cli/weights-commands.ts";
import { addWorkerCommand } from "./cli/worker-command.ts";
import { env } from "./env.ts";

// A reader that has seen enough (`| head`) ends the command, as it ends others.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(EXIT.ok);
});

const program = new Command("seedmask")
  .description("From images with image-level labels to a trained segmenter")
  .addHelpText("after", EXIT_HELP)
  .exitOverride()
  .showHelpAfterError("(add --help for what there is)");
addDatasetCommands(program);
addArtifactCommands(program);
addWeightsCommands(program);
addRecipeCommands(program);
addRunCommands(program);
addSweepCommand(program);
addStageCommand(program);
addExportCommands(program);
addProjectCommands(program);
addImageCommands(program);
addPredictCommand(program);
addParityCommand(program);
addDoctorCommand(program);
addSeedCommand(program);
addWorkerCommand(program);

/** What to say of an error: a sentence for what was foreseen, the whole stack for what was not. */
function explain(error: unknown): string {
  if (error instanceof SeedmaskError) return error.message;
  if (!(error instanceof Error)) return String(error);
  return env.logLevel === "debug" || error.constructor === Error
    ? (error.stack ?? error.message)
    : error.message;
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  } else {
    note(`${pc.red("error:")} ${explain(error)}`);
    process.exitCode = exitCodeOf(error);
  }
}
