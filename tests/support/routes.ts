import { readFacts } from "./facts.ts";

export interface Route {
  /** Also the name of its picture. */
  readonly name: string;
  readonly path: string;
}

/** Every screen a signed-in admin can open, with the seeded run and dataset filled in. */
export async function allRoutes(): Promise<Route[]> {
  const { dataset, run, image } = await readFacts();
  return [
    { name: "overview", path: "/" },
    { name: "runs", path: "/runs" },
    { name: "new-run", path: "/runs/new" },
    { name: "new-run-form", path: "/runs/new?recipe=demo-tiny" },
    { name: "run", path: `/runs/${run}` },
    { name: "run-pipeline", path: `/runs/${run}/pipeline` },
    { name: "run-classes", path: `/runs/${run}/classes` },
    { name: "run-confusion", path: `/runs/${run}/confusion` },
    { name: "run-gallery", path: `/runs/${run}/gallery` },
    { name: "run-noise", path: `/runs/${run}/noise` },
    { name: "run-cooccurrence", path: `/runs/${run}/cooccurrence` },
    { name: "run-classifier", path: `/runs/${run}/classifier` },
    { name: "run-oaa", path: `/runs/${run}/oaa` },
    { name: "run-seam", path: `/runs/${run}/seam` },
    { name: "run-affinity", path: `/runs/${run}/affinity` },
    { name: "run-threshold", path: `/runs/${run}/threshold` },
    { name: "run-logs", path: `/runs/${run}/logs` },
    { name: "run-config", path: `/runs/${run}/config` },
    { name: "run-artifacts", path: `/runs/${run}/artifacts` },
    { name: "run-lineage", path: `/runs/${run}/lineage` },
    { name: "image", path: `/images/${dataset}/${image}?runs=${run}` },
    { name: "sweeps", path: "/sweeps" },
    { name: "new-sweep", path: "/sweeps/new?recipe=demo-tiny" },
    { name: "leaderboard", path: "/leaderboard" },
    { name: "compare", path: `/compare?runs=${run}` },
    { name: "datasets", path: "/datasets" },
    { name: "dataset", path: `/datasets/${dataset}` },
    { name: "dataset-health", path: `/datasets/${dataset}/health` },
    { name: "dataset-versions", path: `/datasets/${dataset}/versions` },
    { name: "import", path: "/datasets/import" },
    { name: "models", path: "/models" },
    { name: "playground", path: `/playground?model=${run}` },
    { name: "queue", path: "/queue" },
    { name: "api-docs", path: "/api/docs" },
    { name: "settings", path: "/settings" },
  ];
}
