import { readFile } from "node:fs/promises";
import { DatasetError } from "@seedmask/core/contract";
import { CRF_PRESETS, crfImage, evaluateFolder } from "@seedmask/core/pipeline";
import { type Command, InvalidArgumentError, Option } from "commander";
import { interruptSignal } from "./interrupt.ts";
import { percent, print, printJson, printTable, startProgressLine } from "./output.ts";

interface EvaluateFlags {
  readonly pred: string;
  readonly gt: string;
  readonly classes?: string;
  readonly json?: boolean;
}

async function readClasses(file: string | undefined): Promise<string[] | null> {
  if (file === undefined) return null;
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new DatasetError(`${file}: expected a list of class names, found none.`, { cause });
  });
  const names = text.split(/\r?\n/).map((line) => line.trim());
  return names.filter((line, at) => line !== "" && !(at === 0 && line === "background"));
}

async function evaluateCommand({ pred, gt, classes, json }: EvaluateFlags): Promise<void> {
  const names = await readClasses(classes);
  const line = startProgressLine("evaluate", { quiet: json ?? false });
  const result = await evaluateFolder({
    predictions: pred,
    truth: gt,
    classes: names,
    onProgress: (done, total) => line.update(done, total, "images"),
    signal: interruptSignal(),
  });
  line.stop();
  if (json) return printJson(result);
  const nameOf = (label: number): string =>
    label === 0 ? "background" : (names?.[label - 1] ?? `label ${label}`);
  printTable(
    ["CLASS", "IoU", "PRECISION", "RECALL"],
    result.perClass.map((each) => [
      nameOf(each.label),
      percent(each.iou),
      percent(each.precision),
      percent(each.recall),
    ]),
  );
  print(`${result.images} images, pixel accuracy ${percent(result.pixelAccuracy)}`);
  print(`mIoU ${percent(result.meanIou.excluded["skip-absent"])}`);
  if (result.coverage < 1) {
    print(
      `coverage ${percent(result.coverage)}; with 255 as background mIoU ${percent(result.meanIou["as-background"]["skip-absent"])}`,
    );
  }
}

const PRESETS = Object.keys(CRF_PRESETS) as Array<keyof typeof CRF_PRESETS>;

interface CrfFlags {
  readonly image: string;
  readonly probabilities: string;
  readonly out: string;
  readonly preset: keyof typeof CRF_PRESETS;
  readonly iterations?: number;
  readonly json?: boolean;
}

async function crfCommand(flags: CrfFlags): Promise<void> {
  const { config: preset } = CRF_PRESETS[flags.preset];
  const config = { ...preset, iterations: flags.iterations ?? preset.iterations };
  const result = await crfImage({ ...flags, config });
  if (flags.json) printJson({ out: flags.out, ...result });
  else print(`${flags.out}: ${result.height}×${result.width}, labels ${result.labels.join(" ")}`);
}

/** `seedmask evaluate` and `seedmask crf`: from files to files. */
export function addImageCommands(program: Command): void {
  program
    .command("evaluate")
    .description("Score a folder of masks against ground truth of the same file names")
    .requiredOption("--pred <folder>", "predicted label PNGs")
    .requiredOption("--gt <folder>", "ground truth label PNGs")
    .option("--classes <file>", "foreground class names, one a line")
    .option("--json", "print JSON")
    .action(evaluateCommand);
  program
    .command("crf")
    .description("Sharpen one image's probabilities with a dense CRF")
    .requiredOption("--image <file>", "the image")
    .requiredOption("--probabilities <file>", ".safetensors or .npy, [L, h, w], background first")
    .requiredOption("--out <file>", ".png for labels, .npy or .safetensors for probabilities")
    .addOption(new Option("--preset <name>", "parameters").choices(PRESETS).default("psa"))
    .option("--iterations <n>", "mean-field steps", (text) => {
      const value = Number(text);
      if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError("a number from 0");
      return value;
    })
    .option("--json", "print JSON")
    .action(crfCommand);
}
