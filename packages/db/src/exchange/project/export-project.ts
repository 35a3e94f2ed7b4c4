import { Readable } from "node:stream";
import {
  type ArtifactKind,
  artifactKey,
  artifactManifestKey,
  artifactManifestSchema,
  datasetKey,
  datasetManifestSchema,
  MASK_STAGES,
  type StageName,
  thumbnailPath,
} from "@seedmask/core/contract";
import { ZipFile } from "yazl";
import { requireRole } from "../../actor.ts";
import {
  type Actor,
  getDatasetVersion,
  listDatasets,
  listDatasetVersions,
  listMembers,
  recordAudit,
  searchLogs,
} from "../../index.ts";
import { EXPORT_FORMATS } from "../exports/index.ts";
import { type ExportSource, MASK_KINDS } from "../exports/source.ts";
import type { ArtifactChoice, LogRecord, Project, RunRecord } from "./format.ts";
import { listEndedRuns, readEvaluation, readRunRecord } from "./read-runs.ts";

const hasMasks = (stage: StageName): boolean => MASK_STAGES.some((one) => one === stage);

export interface ExportProjectOptions {
  readonly actor: Actor;
  readonly codeVersion: string;
  /** Which files of artefacts go along; their hashes always do. */
  readonly artifacts: ArtifactChoice;
  /** Whether images and ground truth of the datasets go along. */
  readonly images: boolean;
}

/** JSON and CSV shrink to a tenth; pictures and weights are stored as they are. */
const STORED = { compress: false };

/**
 * The whole project as a zip, written while it is read: runs, evaluations with their policies, results
 * by class and image, datasets, artefacts, members without secrets. Runs that have not ended are left
 * out and named.
 */
export async function exportProject(
  source: ExportSource,
  options: ExportProjectOptions,
): Promise<Readable> {
  const { actor, artifacts, images } = options;
  requireRole(actor, "admin", "export project");
  const target = { type: "project", id: "project" };
  const details = { artifacts, images };
  await recordAudit(source.db, { actor, action: "project.export", target, details });
  const zip = new ZipFile();
  const output = new Readable().wrap(zip.outputStream);
  zip.on("error", (error) => output.destroy(error));
  new ProjectWriter(zip, source, options)
    .fill()
    .catch((error: unknown) => output.destroy(error as Error));
  return output;
}

class ProjectWriter {
  readonly #zip: ZipFile;
  readonly #source: ExportSource;
  readonly #options: ExportProjectOptions;
  readonly #evaluations = new Set<string>();
  readonly #artifacts = new Set<string>();
  readonly #missing: string[] = [];

  constructor(zip: ZipFile, source: ExportSource, options: ExportProjectOptions) {
    this.#zip = zip;
    this.#source = source;
    this.#options = options;
  }

  async fill(): Promise<void> {
    const { db } = this.#source;
    const datasets = await this.#addDatasets();
    const { ended, unfinished } = await listEndedRuns(db);
    for (const id of ended) await this.#addRun(await readRunRecord(db, id));
    for (const key of this.#evaluations) {
      this.#lazily(`evaluations/${key}.json`, async () => json(await readEvaluation(db, key)));
    }
    const members = (await listMembers(db)).map(({ name, email, role }) => ({ name, email, role }));
    this.#add("members.json", members);
    const { codeVersion, artifacts, images } = this.#options;
    const project: Project = {
      schemaVersion: 1,
      codeVersion,
      exportedAt: new Date().toISOString(),
      artifacts,
      images,
      datasets,
      runs: ended,
      evaluations: [...this.#evaluations],
      unfinished,
      missing: this.#missing,
    };
    this.#add("project.json", project);
    this.#zip.end();
  }

  #add(path: string, value: unknown): void {
    this.#zip.addBuffer(Buffer.from(JSON.stringify(value, null, 1)), path);
  }

  /** Opens what an entry holds when its turn has come, so that one is in memory at a time. */
  #lazily(path: string, open: () => Promise<Readable>, options = {}): void {
    this.#zip.addReadStreamLazy(path, options, (done) => {
      open().then(
        (stream) => done(null, stream),
        (error: unknown) => done(error, Readable.from([])),
      );
    });
  }

  #addFile(key: string): void {
    this.#lazily(key, () => this.#source.files.getStream(key), STORED);
  }

  /** Versions of all datasets, oldest first, so that they get the same numbers where they are read. */
  async #addDatasets(): Promise<string[]> {
    const { db } = this.#source;
    const hashes: string[] = [];
    for (const { name } of await listDatasets(db)) {
      for (const { hash } of (await listDatasetVersions(db, name)).toReversed()) {
        const { version, report } = await getDatasetVersion(db, hash);
        this.#add(`datasets/${hash}.json`, { name, version, report });
        if (this.#options.images) await this.#addImages(hash);
        hashes.push(hash);
      }
    }
    return hashes;
  }

  async #addImages(hash: string): Promise<void> {
    const path = datasetKey(hash, "dataset.json");
    const text = await this.#source.files.get(path);
    this.#addFile(path);
    for (const image of datasetManifestSchema.parse(JSON.parse(text)).images) {
      this.#addFile(datasetKey(hash, image.image));
      if (image.mask !== null) this.#addFile(datasetKey(hash, image.mask));
      this.#addFile(datasetKey(hash, thumbnailPath(image.key)));
    }
  }

  async #addRun(record: RunRecord): Promise<void> {
    const { id, stages } = record;
    this.#add(`runs/${id}.json`, record);
    this.#lazily(`runs/${id}/log.jsonl`, async () => Readable.from(this.#log(id)));
    for (const { stage, outputs, evaluations } of stages) {
      // The last stage repeats what the stages before it were scored: it has no masks of its own.
      if (evaluations.length > 0 && hasMasks(stage)) this.#addTables(id, stage);
      for (const key of evaluations) this.#evaluations.add(key);
      for (const output of outputs) await this.#addArtifact(output);
    }
  }

  #addTables(runId: string, stage: StageName): void {
    for (const [name, format] of [
      ["classes", EXPORT_FORMATS.classes],
      ["images", EXPORT_FORMATS.csv],
    ] as const) {
      const open = (): Promise<Readable> => format.write(this.#source, { runId, stage });
      this.#lazily(`runs/${runId}/${stage}-${name}.csv`, open);
    }
  }

  async *#log(runId: string): AsyncGenerator<string> {
    let after = 0;
    for (;;) {
      const { lines, later } = await searchLogs(this.#source.db, { runId, after });
      for (const { at, stage, level, message } of lines) {
        const line: LogRecord = { at: at.toISOString(), stage, level, message };
        yield `${JSON.stringify(line)}\n`;
      }
      const last = lines.at(-1);
      if (!later || !last) return;
      after = last.id;
    }
  }

  async #addArtifact({ kind, hash }: { kind: ArtifactKind; hash: string }): Promise<void> {
    const { artifacts } = this.#options;
    const wanted = artifacts === "all" || (artifacts === "masks" && MASK_KINDS.has(kind));
    if (!wanted || this.#artifacts.has(hash)) return;
    this.#artifacts.add(hash);
    const { files } = this.#source;
    const path = artifactManifestKey(hash);
    if (!(await files.exists(path))) {
      this.#missing.push(hash);
      return;
    }
    const manifest = artifactManifestSchema.parse(JSON.parse(await files.get(path)));
    this.#addFile(path);
    for (const file of manifest.files) this.#addFile(artifactKey(hash, file.path));
  }
}

const json = (value: unknown): Readable => Readable.from([JSON.stringify(value)]);

/** Name of the file a project is exported to. */
export const projectFileName = (now: Date): string =>
  `seedmask-project-${now.toISOString().slice(0, 10)}.zip`;
