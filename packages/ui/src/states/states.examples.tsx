import type { ExampleSet } from "../examples-type.ts";
import { Button } from "../primitives/button.tsx";
import { Empty } from "./empty.tsx";
import { Failed } from "./failed.tsx";
import { Loading } from "./loading.tsx";
import { NewData } from "./new-data.tsx";

export const stateExamples: ExampleSet = {
  title: "Empty, failed, loading",
  states: {
    empty: () => (
      <Empty title="No runs yet" action={<Button variant="primary">Run the demo</Button>}>
        The demo trains on a built-in dataset and takes three minutes.
      </Empty>
    ),
    failed: () => (
      <Failed title="The runs could not be read" errorId="err-7f3k2" onRetry={() => undefined}>
        The database did not answer within 5 s.
      </Failed>
    ),
    loading: () => <Loading label="Loading runs" shape="rows" count={3} />,
    "loading tiles": () => <Loading label="Loading images" shape="tiles" count={4} />,
    "new data": () => (
      <div className="relative h-14">
        <NewData onShow={() => undefined}>12 new runs</NewData>
      </div>
    ),
  },
};
