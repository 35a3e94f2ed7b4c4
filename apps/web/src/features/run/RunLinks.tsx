import { Link } from "#lib/link.tsx";

interface RunLinksProps {
  readonly runs: readonly { readonly id: string; readonly name: string }[];
  /** How many are named; the rest is counted. */
  readonly most?: number;
}

/** Runs by name, with commas between. */
export function RunLinks({ runs, most = 5 }: RunLinksProps) {
  if (runs.length === 0) return <span className="text-ink-3">none</span>;
  const rest = runs.length - most;
  return (
    <>
      {runs.slice(0, most).map(({ id, name }, at) => (
        <span key={id}>
          {at === 0 ? null : ", "}
          <Link href={`/runs/${id}`} className="underline hover:text-accent">
            {name}
          </Link>
        </span>
      ))}
      {rest > 0 ? ` and ${rest} more` : null}
    </>
  );
}
