import type { ReactNode } from "react";

/** The named states of one component, as /workbench renders and photographs them. */
export interface ExampleSet {
  readonly title: string;
  readonly states: Readonly<Record<string, () => ReactNode>>;
}
