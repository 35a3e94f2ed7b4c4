import type { BackendReport } from "@seedmask/core/contract";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Card } from "@seedmask/ui/primitives/card";
import { Fact, Facts } from "./Facts.tsx";

/** What computes here, what was passed over for it and why, and whether it passed its self-test. */
export function BackendFacts({ backend }: { readonly backend: BackendReport | null }) {
  if (backend === null) {
    return (
      <Card title="Compute backend">
        <p className="text-sm text-ink-3">Chosen when the first stage begins.</p>
      </Card>
    );
  }
  const failed = backend.selfTest.filter(({ passed }) => !passed);
  return (
    <Card
      title="Compute backend"
      actions={
        <Badge tone={failed.length === 0 ? "green" : "red"}>
          {failed.length === 0
            ? `self-test passed (${backend.selfTest.length})`
            : `${failed.length} self-tests failed`}
        </Badge>
      }
    >
      <Facts>
        <Fact name="Backend">{backend.backend}</Fact>
        <Fact name="Device">{backend.device}</Fact>
        <Fact name="Probe">{backend.matMulGflops.toFixed(0)} GFLOP/s</Fact>
        {Object.entries(backend.versions).map(([name, version]) => (
          <Fact key={name} name={name}>
            {version}
          </Fact>
        ))}
        {backend.passedOver.map(({ backend: name, reason }) => (
          <Fact key={name} name={`Not ${name}`}>
            {reason}
          </Fact>
        ))}
        {failed.map(({ name, maxError }) => (
          <Fact key={name} name={name}>
            off by {maxError.toExponential(1)}
          </Fact>
        ))}
      </Facts>
    </Card>
  );
}
