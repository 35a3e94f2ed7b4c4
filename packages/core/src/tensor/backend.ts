import { BackendError } from "../contract/errors.ts";
import { BACKENDS, type BackendName, type BackendReport } from "../contract/backend-report.ts";
import { type Loaded, loadBackend } from "./backend-rungs.ts";
import { matMulGflops } from "./probe.ts";
import { selfTest } from "./self-test.ts";
import { tf } from "./tf.ts";

/** Rungs tried when none is asked for. Plain JavaScript is for tests, and only by name. */
const LADDER = BACKENDS.filter((name) => name !== "cpu");

async function climb(
  name: BackendName,
  { byName }: { readonly byName: boolean },
): Promise<{ loaded: Loaded; checks: BackendReport["selfTest"] }> {
  const loaded = await loadBackend(name, { byName });
  const checks = await selfTest();
  const wrong = checks.filter(({ passed }) => !passed);
  if (wrong.length > 0) {
    const what = wrong.map((check) => `${check.name} is off by ${check.maxError.toPrecision(2)}`);
    throw new BackendError(
      `backend ${name}: expected a passed self-test, got: ${what.join("; ")}.`,
    );
  }
  return { loaded, checks };
}

/**
 * Chooses what computes: the best rung of the ladder that is here and counts right, or the one asked
 * for by name. Called once, before any tensor is made. Every reading after it is `await t.data()`.
 *
 * @returns what was chosen, why nothing better was, and how fast it multiplies
 * @throws {BackendError} when the backend asked for by name is not here or counts wrong; when none is
 */
export async function activateBackend({
  backend = "auto",
}: { readonly backend?: BackendName | "auto" } = {}): Promise<BackendReport> {
  const passedOver: { backend: BackendName; reason: string }[] = [];
  for (const name of backend === "auto" ? LADDER : [backend]) {
    try {
      const { loaded, checks } = await climb(name, { byName: backend !== "auto" });
      return {
        backend: name,
        device: loaded.device,
        versions: { node: process.versions.node, tfjs: tf.version.tfjs, ...loaded.versions },
        passedOver,
        selfTest: checks,
        matMulGflops: await matMulGflops(),
      };
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      if (backend !== "auto") {
        throw new BackendError(
          `backend: expected ${name}, got: ${reason} Run npm run setup, or ask for another backend.`,
          { cause },
        );
      }
      passedOver.push({ backend: name, reason });
    }
  }
  throw new BackendError(
    `backend: expected one of ${LADDER.join(", ")}, got none: ${passedOver.map(({ reason }) => reason).join(" ")} Run npm run setup.`,
  );
}
