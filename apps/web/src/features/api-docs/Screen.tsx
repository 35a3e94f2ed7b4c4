import { TOKEN_SCOPES } from "@seedmask/core/contract";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Card } from "@seedmask/ui/primitives/card";
import { Link } from "#lib/link.tsx";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import type { ApiProcedure } from "#server/api-docs.ts";

/** How a procedure is called, with an input to fill in. */
function exampleOf({ path, type, input }: ApiProcedure): string {
  const start = `curl -H "Authorization: Bearer $SEEDMASK_TOKEN"`;
  if (type === "mutation") {
    return `${start} -H "Content-Type: application/json" \\\n  -d '{"json": INPUT}' "$SEEDMASK_URL/api/trpc/${path}"`;
  }
  if (input === null) return `${start} "$SEEDMASK_URL/api/trpc/${path}"`;
  return `${start} -G \\\n  --data-urlencode 'input={"json": INPUT}' "$SEEDMASK_URL/api/trpc/${path}"`;
}

function Procedure({ procedure }: { readonly procedure: ApiProcedure }) {
  const { path, type, scope, role, input } = procedure;
  return (
    <li id={path} className="grid gap-2 px-4 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <a href={`#${path}`} className="font-mono font-medium hover:underline">
          {path}
        </a>
        <Badge tone={type === "mutation" ? "amber" : "blue"}>{type}</Badge>
        <Badge tone="outline">{scope}</Badge>
        <span className="text-xs text-ink-3">{role} and above</span>
      </div>
      <details>
        <summary className="cursor-pointer text-ink-3">
          {input === null ? "No input" : "Input and example"}
        </summary>
        {input === null ? null : (
          <pre className="mt-2 overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs">
            {JSON.stringify(input, null, 2)}
          </pre>
        )}
        <pre className="mt-2 overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs">
          {exampleOf(procedure)}
        </pre>
      </details>
    </li>
  );
}

/** Every procedure a token may call, as the routers define it. */
export function ApiDocsScreen({ procedures }: { readonly procedures: readonly ApiProcedure[] }) {
  const scopes = Object.entries(TOKEN_SCOPES);
  const groups = [...new Set(procedures.map(({ path }) => path.split(".")[0]!))];
  return (
    <>
      <PageHeader
        title="API"
        description={`${procedures.length} procedures that a token may call, as this very version defines them`}
      />
      <div className="grid max-w-4xl grid-cols-1 gap-5">
        <Card title="Calling it">
          <div className="grid gap-2 text-sm">
            <p>
              Make a token in{" "}
              <Link href="/settings" className="text-accent underline">
                Settings
              </Link>{" "}
              and send it as a bearer. A query is a GET, a mutation a POST; input and answer stand
              under <code className="font-mono text-xs">json</code>. A token does what its scopes
              and the role of its owner both allow.
            </p>
            <ul className="grid gap-1">
              {scopes.map(([scope, what]) => (
                <li key={scope}>
                  <code className="font-mono text-xs">{scope}</code>
                  <span className="text-ink-3">: {what}</span>
                </li>
              ))}
            </ul>
          </div>
        </Card>
        {groups.map((group) => (
          <Card key={group} title={group} flush>
            <ul className="divide-y divide-line border-t border-line">
              {procedures
                .filter(({ path }) => path.startsWith(`${group}.`))
                .map((procedure) => (
                  <Procedure key={procedure.path} procedure={procedure} />
                ))}
            </ul>
          </Card>
        ))}
      </div>
    </>
  );
}
