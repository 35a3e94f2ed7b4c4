import { type ChildProcess, fork } from "node:child_process";
import {
  BackendError,
  type BackendReport,
  type ComputeRequest,
  computeReplySchema,
  type PredictionRequest,
  type ProgressEvent,
  type StageFailure,
  type StageRequest,
  type StageResult,
} from "@seedmask/core/contract";

export type StageOutcome =
  | { readonly type: "done"; readonly result: StageResult }
  | { readonly type: "failed"; readonly failure: StageFailure };

export type PredictionOutcome =
  | { readonly type: "predicted"; readonly artifact: string }
  | { readonly type: "failed"; readonly failure: StageFailure };

type Outcome = StageOutcome | PredictionOutcome;

interface Task {
  readonly onProgress: (event: ProgressEvent) => void;
  readonly settle: (outcome: Outcome) => void;
}

/** Seconds a cancelled stage may take to stop by itself before its process is ended. */
const CANCEL_SECONDS = 10;
const ENTRY = new URL("compute.ts", import.meta.url);

/**
 * The one process that computes. It is started at its first stage and again after it died: a crash
 * there is a failed attempt, never a dead worker.
 */
export class ComputeChild {
  #process: ChildProcess | null = null;
  #task: Task | null = null;
  readonly #onBackend: (report: BackendReport) => void;

  constructor({ onBackend }: { onBackend: (report: BackendReport) => void }) {
    this.#onBackend = onBackend;
  }

  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  /** Runs one stage. It settles in any case: a child that dies is a failure worth another try. */
  async run(
    request: StageRequest,
    options: { onProgress: Task["onProgress"]; signal: AbortSignal },
  ): Promise<StageOutcome> {
    const outcome = await this.#ask({ type: "run-stage", request }, options);
    return outcome.type === "predicted" ? strayAnswer(outcome.type) : outcome;
  }

  /** Looks at one image. It settles in any case, as a stage does. */
  async predict(
    request: PredictionRequest,
    { signal }: { signal: AbortSignal },
  ): Promise<PredictionOutcome> {
    const onProgress = (): void => undefined;
    const outcome = await this.#ask({ type: "predict", request }, { onProgress, signal });
    return outcome.type === "done" ? strayAnswer(outcome.type) : outcome;
  }

  async #ask(
    message: ComputeRequest,
    { onProgress, signal }: { onProgress: Task["onProgress"]; signal: AbortSignal },
  ): Promise<Outcome> {
    const child = (this.#process ??= this.#start());
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.#task = { onProgress, settle: resolve };
    let deadline: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      send(child, { type: "cancel" });
      deadline = setTimeout(() => child.kill("SIGKILL"), CANCEL_SECONDS * 1000);
    };
    signal.addEventListener("abort", cancel, { once: true });
    send(child, message);
    if (signal.aborted) cancel();
    try {
      return await promise;
    } finally {
      clearTimeout(deadline);
      signal.removeEventListener("abort", cancel);
      this.#task = null;
    }
  }

  /** Ends the process; a stage that runs goes on from its checkpoint elsewhere. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
    await promise;
  }

  #start(): ChildProcess {
    const child = fork(ENTRY, {
      serialization: "advanced",
      stdio: ["ignore", "inherit", "pipe", "ipc"],
    });
    let lastWords = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      lastWords = `${lastWords}${chunk.toString()}`.slice(-2000);
    });
    child.on("message", (message) => {
      const answer = computeReplySchema.parse(message);
      if (answer.type === "ready") this.#onBackend(answer.backend);
      else if (answer.type === "progress") this.#task?.onProgress(answer.event);
      else this.#task?.settle(answer);
    });
    child.on("error", () => undefined);
    child.once("exit", (code, killedBy) => {
      if (this.#process === child) this.#process = null;
      this.#task?.settle({ type: "failed", failure: deathOf(code ?? killedBy, lastWords) });
    });
    return child;
  }
}

const strayAnswer = (type: string): { type: "failed"; failure: StageFailure } => {
  const message = `compute: expected the answer to what was asked, got "${type}". Try again.`;
  return {
    type: "failed",
    failure: { code: "compute-answer", message, retryable: true, stack: null },
  };
};

/** A message to a child that has just died is not worth an error: its exit says it all. */
function send(child: ChildProcess, message: ComputeRequest): void {
  child.send(message, () => undefined);
}

function deathOf(how: number | string | null, lastWords: string): StageFailure {
  const error = new BackendError(
    `compute: expected the process to finish the stage, got its end (${how}). It goes on from its last checkpoint.${lastWords && `\n${lastWords}`}`,
  );
  return { code: "compute-died", message: error.message, retryable: true, stack: null };
}
