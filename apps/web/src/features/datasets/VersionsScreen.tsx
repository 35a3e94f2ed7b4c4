"use client";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Card } from "@seedmask/ui/primitives/card";
import { Select } from "@seedmask/ui/primitives/select";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@seedmask/ui/primitives/table";
import { formatCount } from "@seedmask/ui/format";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { Link } from "#lib/link.tsx";
import { useQueryState } from "nuqs";
import { Age } from "#features/runs/Age.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { useDataset } from "./DatasetFrame.tsx";
import { VersionDiff } from "./VersionDiff.tsx";

/** All versions of a dataset, and what this one changed against another. */
export function VersionsScreen() {
  const trpc = useTRPC();
  const current = useDataset();
  const versions = useQuery(trpc.datasets.versions.queryOptions({ name: current.name }));
  const [chosen, setChosen] = useQueryState("from");
  if (versions.isPending) return <Loading label="Loading versions" shape="rows" count={4} />;
  if (versions.data === undefined) {
    return <Failed title="The versions could not be read">{versions.error?.message}</Failed>;
  }
  const others = versions.data.filter(({ hash }) => hash !== current.hash);
  const before = others.find(({ version }) => version < current.version) ?? others[0];
  const from = others.find(({ hash }) => hash === chosen) ?? before;
  return (
    <div className="grid grid-cols-1 gap-5">
      <Table label="Versions">
        <TableHead>
          <tr>
            <TableHeader>Version</TableHeader>
            <TableHeader>Imported</TableHeader>
            <TableHeader align="right">Images</TableHeader>
            <TableHeader align="right">Masks</TableHeader>
            <TableHeader align="right">Classes</TableHeader>
            <TableHeader align="right">Runs</TableHeader>
            <TableHeader>Hash</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {versions.data.map((each) => (
            <TableRow key={each.hash}>
              <TableCell>
                <Link
                  href={`/datasets/${each.hash}/versions`}
                  className="font-medium hover:underline"
                >
                  v{each.version}
                </Link>{" "}
                {each.hash === current.hash ? <Badge tone="accent">shown</Badge> : null}
              </TableCell>
              <TableCell className="whitespace-nowrap">
                <Age at={each.createdAt} />
              </TableCell>
              <TableCell align="right">{formatCount(each.images)}</TableCell>
              <TableCell align="right">{formatCount(each.masks)}</TableCell>
              <TableCell align="right">{each.classes.length}</TableCell>
              <TableCell align="right">{formatCount(each.runs)}</TableCell>
              <TableCell className="font-mono text-xs">{each.hash.slice(0, 12)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {from === undefined ? (
        <Card title="Changes">
          <p className="text-sm text-ink-3">
            This is the only version. Importing {current.name} again with other content makes the
            next one.
          </p>
        </Card>
      ) : (
        <VersionDiff
          from={from.hash}
          to={current.hash}
          chooser={
            <Select
              aria-label="Compare with"
              className="w-36"
              value={from.hash}
              onValueChange={(hash) => void setChosen(hash)}
              options={others.map(({ hash, version }) => ({
                value: hash,
                label: `since v${version}`,
              }))}
            />
          }
        />
      )}
    </div>
  );
}
