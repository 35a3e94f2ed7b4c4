import { AccountForm } from "./AccountForm.tsx";

export function SetupScreen() {
  return (
    <div className="grid gap-4">
      <div>
        <h1 className="text-lg font-semibold">First start</h1>
        <p className="mt-1 text-ink-2">
          This account becomes the admin. After it, others join by invitation only.
        </p>
      </div>
      <AccountForm action="Create admin" />
    </div>
  );
}
