import * as charts from "./charts/charts.examples.tsx";
import * as graphs from "./charts/graphs.examples.tsx";
import type { ExampleSet } from "./examples-type.ts";
import * as notice from "./primitives/notice.examples.tsx";
import * as primitives from "./primitives/primitives.examples.tsx";
import * as classes from "./segmentation/classes.examples.tsx";
import * as viewers from "./segmentation/viewers.examples.tsx";
import * as states from "./states/states.examples.tsx";

export type { ExampleSet } from "./examples-type.ts";

/** Every component in its named states: what /workbench renders and the visual tests photograph. */
export const EXAMPLES: readonly ExampleSet[] = [
  primitives,
  notice,
  states,
  viewers,
  classes,
  charts,
  graphs,
].flatMap((file): ExampleSet[] => Object.values(file));
