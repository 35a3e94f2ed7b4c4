import type { ExampleSet } from "../examples-type.ts";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

export const noticeExamples: ExampleSet = {
  title: "Notice",
  states: {
    info: () => <Notice title="The worker is paired." />,
    warning: () => (
      <Notice tone="warning" title="No worker is there" action={<Button size="small">Pair</Button>}>
        3 runs wait.
      </Notice>
    ),
    error: () => (
      <Notice tone="error" title="The disk is full">
        Masks cannot be written.
      </Notice>
    ),
  },
};
