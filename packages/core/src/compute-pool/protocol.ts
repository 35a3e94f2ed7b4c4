import { z } from "zod";
import { SeedmaskError } from "../contract/index.ts";

/**
 * A job: plain data in, plain data out. Values cross threads by structured clone. `never` lets a table
 * hold jobs of any input; callers are typed through `Jobs[Name]`.
 */
export type JobTable = Readonly<Record<string, (input: never) => unknown>>;
export type JobName<Jobs extends JobTable> = keyof Jobs & string;
export type JobInput<Jobs extends JobTable, Name extends JobName<Jobs>> = Parameters<Jobs[Name]>[0];
export type JobOutput<Jobs extends JobTable, Name extends JobName<Jobs>> = Awaited<
  ReturnType<Jobs[Name]>
>;

export interface JobRequest {
  readonly id: number;
  readonly job: string;
  readonly input: unknown;
}
export type JobResponse =
  | { readonly id: number; readonly ok: true; readonly output: unknown }
  | { readonly id: number; readonly ok: false; readonly error: JobFault };

/** What is left of an error after it crossed a thread. */
const jobFaultSchema = z.object({
  name: z.string(),
  message: z.string(),
  stack: z.string().optional(),
  code: z.string(),
  retryable: z.boolean(),
  details: z.record(z.string(), z.unknown()),
});
export type JobFault = z.infer<typeof jobFaultSchema>;

export function faultOf(error: unknown): JobFault {
  const known = error instanceof SeedmaskError ? error : null;
  const plain = error instanceof Error ? error : new Error(String(error));
  return {
    name: plain.name,
    message: plain.message,
    ...(plain.stack === undefined ? {} : { stack: plain.stack }),
    code: known?.code ?? "job",
    retryable: known?.retryable ?? false,
    details: { ...known?.details },
  };
}

/** A job failed: says on what, keeps the code, and whether another try may help. */
export class JobError extends SeedmaskError {
  override readonly code: string;
  override readonly retryable: boolean;

  constructor(name: string, { message, stack, code, retryable, details }: JobFault) {
    const cause = new Error(message);
    if (stack !== undefined) cause.stack = stack;
    super(`${name}: ${message}`, { cause, details: { ...details, name } });
    this.code = code;
    this.retryable = retryable;
  }
}
