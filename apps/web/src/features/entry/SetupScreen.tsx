import { AccountForm } from "./AccountForm.tsx";

/** The first of four steps; the others are checks, at /setup/checks. */
export function SetupScreen() {
  return (
    <div className="grid gap-4">
      <div>
        <p className="text-xs text-ink-3">Step 1 of 4</p>
        <h1 className="text-lg font-semibold">First start</h1>
        <p className="mt-1 text-ink-2">
          This account becomes the admin. After it, others join by invitation only.
        </p>
      </div>
      <AccountForm action="Create admin" next="/setup/checks" />
    </div>
  );
}
