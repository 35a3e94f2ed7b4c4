import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { CancelledError, SeedmaskError } from "../contract/index.ts";
import {
  JobError,
  type JobInput,
  type JobName,
  type JobOutput,
  type JobRequest,
  type JobResponse,
  type JobTable,
  faultOf,
} from "./protocol.ts";

export interface ComputePoolOptions {
  /** Threads; defaults to the cores this process may use. */
  readonly workers?: number;
}

export interface JobOptions {
  /** What the job is about, for error messages: `image 2007_000032`. */
  readonly name: string;
  readonly signal?: AbortSignal;
  /** Buffers of the input that may be moved instead of copied; they are empty afterwards. */
  readonly transfer?: readonly ArrayBuffer[];
}

interface Pending {
  readonly request: JobRequest;
  readonly options: JobOptions;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onAbort: () => void;
}

interface Seat {
  worker: Worker;
  running: Pending | null;
}

/** Threads that run jobs on whole images side by side. Close it when the stage is done. */
export class ComputePool<Jobs extends JobTable> {
  readonly #entry: URL;
  readonly #seats: Seat[] = [];
  readonly #size: number;
  #waiting: Pending[] = [];
  #nextId = 0;
  #closed = false;

  /** entry: a file that ends in `serveJobs(jobs)`, e.g. `new URL("./image-jobs.ts", import.meta.url)`. */
  constructor(entry: URL, { workers = availableParallelism() }: ComputePoolOptions = {}) {
    this.#entry = entry;
    this.#size = Math.max(1, workers);
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Runs one job on a free thread, or as soon as one is. Aborting a running job ends its thread: a
   * kernel has no safe points, and a thread is cheap to start anew.
   * @throws {JobError} when the job fails; its message begins with `name`
   * @throws {CancelledError} when the signal fires first, or the pool closes
   */
  run<Name extends JobName<Jobs>>(
    job: Name,
    input: JobInput<Jobs, Name>,
    options: JobOptions,
  ): Promise<JobOutput<Jobs, Name>> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const request = { id: this.#nextId, job, input };
    this.#nextId += 1;
    const pending: Pending = {
      request,
      options,
      resolve,
      reject,
      onAbort: () => this.#abort(pending),
    };
    if (this.#closed || options.signal?.aborted === true) {
      reject(new CancelledError(`${options.name}: cancelled before it began.`));
    } else {
      options.signal?.addEventListener("abort", pending.onAbort, { once: true });
      this.#waiting.push(pending);
      this.#dispatch();
    }
    // The table's type says what this job returns; the thread it came from cannot.
    return promise as Promise<JobOutput<Jobs, Name>>;
  }

  /**
   * Outputs in the order of the inputs. At most two jobs a thread are begun ahead of the reader, so
   * images are loaded as they are needed and memory stays bounded.
   */
  async *map<Item, Name extends JobName<Jobs>>(
    job: Name,
    items: Iterable<Item> | AsyncIterable<Item>,
    options: {
      readonly input: (item: Item) => JobInput<Jobs, Name> | Promise<JobInput<Jobs, Name>>;
      readonly name: (item: Item) => string;
      readonly signal?: AbortSignal;
    },
  ): AsyncGenerator<{ readonly item: Item; readonly output: JobOutput<Jobs, Name> }> {
    const { signal } = options;
    const begun: { item: Item; output: Promise<JobOutput<Jobs, Name>> }[] = [];
    try {
      for await (const item of items) {
        const name = options.name(item);
        const jobOptions = { name, ...(signal === undefined ? {} : { signal }) };
        const begin = (input: JobInput<Jobs, Name>) => this.run(job, input, jobOptions);
        const load = async (): Promise<JobInput<Jobs, Name>> => options.input(item);
        const output = load().then(begin);
        // Awaited in order below; until then a failure must not count as unhandled.
        output.catch(() => undefined);
        begun.push({ item, output });
        if (begun.length < 2 * this.#size) continue;
        const next = begun.shift()!;
        yield { item: next.item, output: await next.output };
      }
      for (let next = begun.shift(); next !== undefined; next = begun.shift()) {
        yield { item: next.item, output: await next.output };
      }
    } finally {
      await Promise.allSettled(begun.map(({ output }) => output));
    }
  }

  /** Ends all threads; jobs that have not finished are cancelled. */
  async close(): Promise<void> {
    this.#closed = true;
    const seats = this.#seats.splice(0);
    const left = [...this.#waiting, ...seats.flatMap(({ running }) => running ?? [])];
    this.#waiting = [];
    for (const pending of left) {
      this.#settle(pending, () =>
        pending.reject(new CancelledError(`${pending.options.name}: the pool was closed.`)),
      );
    }
    await Promise.all(seats.map(({ worker }) => worker.terminate()));
  }

  #dispatch(): void {
    while (this.#waiting.length > 0) {
      const seat = this.#seats.find(({ running }) => running === null) ?? this.#openSeat();
      if (seat === null) return;
      const pending = this.#waiting.shift()!;
      seat.running = pending;
      seat.worker.ref();
      try {
        seat.worker.postMessage(pending.request, pending.options.transfer ?? []);
      } catch (error) {
        seat.running = null;
        const fault = new JobError(pending.options.name, faultOf(error));
        this.#settle(pending, () => pending.reject(fault));
      }
    }
  }

  #openSeat(): Seat | null {
    if (this.#seats.length >= this.#size) return null;
    const seat: Seat = { worker: new Worker(this.#entry), running: null };
    seat.worker.on("message", (response: JobResponse) => this.#finish(seat, response));
    seat.worker.on("error", (error) => this.#lose(seat, error));
    seat.worker.on("exit", (code) => this.#lose(seat, new Error(`its thread ended (${code})`)));
    this.#seats.push(seat);
    return seat;
  }

  #finish(seat: Seat, response: JobResponse): void {
    const pending = seat.running;
    if (pending === null || pending.request.id !== response.id) return;
    seat.running = null;
    // An idle thread must not keep the process alive.
    seat.worker.unref();
    this.#settle(pending, () => {
      if (response.ok) pending.resolve(response.output);
      else pending.reject(new JobError(pending.options.name, response.error));
    });
    this.#dispatch();
  }

  /** A thread died: out of memory, or its file does not load. */
  #lose(seat: Seat, error: unknown): void {
    const at = this.#seats.indexOf(seat);
    if (at < 0) return;
    this.#seats.splice(at, 1);
    const pending = seat.running;
    seat.running = null;
    if (pending !== null) {
      const fault = new JobError(pending.options.name, faultOf(error));
      this.#settle(pending, () => pending.reject(fault));
    }
    this.#dispatch();
  }

  #abort(pending: Pending): void {
    const seat = this.#seats.find(({ running }) => running === pending);
    this.#waiting = this.#waiting.filter((other) => other !== pending);
    if (seat !== undefined) {
      this.#seats.splice(this.#seats.indexOf(seat), 1);
      void seat.worker.terminate();
    }
    const reason: unknown = pending.options.signal?.reason;
    const cancelled =
      reason instanceof SeedmaskError
        ? reason
        : new CancelledError(`${pending.options.name}: cancelled.`, { cause: reason });
    this.#settle(pending, () => pending.reject(cancelled));
    this.#dispatch();
  }

  #settle(pending: Pending, how: () => void): void {
    pending.options.signal?.removeEventListener("abort", pending.onAbort);
    how();
  }
}
