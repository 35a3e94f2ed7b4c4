import { Copy, Play, Search, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { ExampleSet } from "../examples-type.ts";
import { Badge, type BadgeTone } from "./badge.tsx";
import { Breadcrumb } from "./breadcrumb.tsx";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { Checkbox } from "./checkbox.tsx";
import { Confirm } from "./confirm.tsx";
import { CopyButton } from "./copy-button.tsx";
import { Field } from "./field.tsx";
import { DeltaFigure, IouFigure } from "./figure.tsx";
import { IconButton } from "./icon-button.tsx";
import { Input, TextArea } from "./input.tsx";
import { Kbd } from "./kbd.tsx";
import { Menu } from "./menu.tsx";
import { Popover } from "./popover.tsx";
import { Progress } from "./progress.tsx";
import { Segmented } from "./segmented.tsx";
import { Select } from "./select.tsx";
import { Slider } from "./slider.tsx";
import { Status, type StatusName } from "./status.tsx";
import { Switch } from "./switch.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "./table.tsx";
import { Tabs } from "./tabs.tsx";

const Row = ({ children }: { children: ReactNode }): ReactNode => (
  <div className="flex flex-wrap items-center gap-2">{children}</div>
);

const STATES: readonly StatusName[] = [
  "draft",
  "waiting",
  "queued",
  "starting",
  "running",
  "paused",
  "cancelling",
  "succeeded",
  "failed",
  "cancelled",
  "lost",
  "cached",
  "skipped",
];
const TONES: readonly BadgeTone[] = [
  "neutral",
  "accent",
  "blue",
  "amber",
  "green",
  "red",
  "violet",
  "outline",
];

export const buttonExamples: ExampleSet = {
  title: "Button",
  states: {
    default: () => (
      <Row>
        <Button variant="primary" icon={<Play aria-hidden />}>
          Launch run
        </Button>
        <Button>Duplicate</Button>
        <Button variant="quiet">Cancel</Button>
        <Button variant="danger" icon={<Trash2 aria-hidden />}>
          Delete dataset
        </Button>
        <Button variant="link">Learn why</Button>
        <IconButton label="Copy" shortcut="C" icon={<Copy aria-hidden />} />
      </Row>
    ),
    small: () => (
      <Row>
        <Button size="small" variant="primary">
          Apply
        </Button>
        <Button size="small">Reset</Button>
      </Row>
    ),
    loading: () => (
      <Row>
        <Button variant="primary" busy>
          Launch run
        </Button>
        <Button disabled>Duplicate</Button>
      </Row>
    ),
  },
};

export const statusExamples: ExampleSet = {
  title: "Status",
  states: {
    default: () => (
      <Row>
        {STATES.map((status) => (
          <Status
            key={status}
            status={status}
            detail={status === "running" ? "45 %" : status === "queued" ? "#3" : undefined}
          />
        ))}
      </Row>
    ),
    compact: () => (
      <Row>
        {STATES.map((status) => (
          <Status key={status} status={status} compact />
        ))}
      </Row>
    ),
    badges: () => (
      <Row>
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
      </Row>
    ),
  },
};

function Form({ error }: { error?: string }): ReactNode {
  const [backbone, setBackbone] = useState<"tiny" | "mobilenet-v2">("mobilenet-v2");
  const [opacity, setOpacity] = useState(0.55);
  const [on, setOn] = useState(true);
  return (
    <div className="grid max-w-2xl gap-4 sm:grid-cols-2">
      <Field label="Learning rate" help="Of pretrained weights" error={error}>
        {(control) => <Input {...control} type="number" defaultValue={0.01} unit="per step" />}
      </Field>
      <Field label="Backbone" badge={<Badge tone="amber">changed</Badge>}>
        {(control) => (
          <Select
            {...control}
            value={backbone}
            onValueChange={setBackbone}
            options={[
              { value: "tiny", label: "tiny", hint: "seconds on a CPU" },
              { value: "mobilenet-v2", label: "MobileNetV2" },
            ]}
          />
        )}
      </Field>
      <Field label="Search">
        {(control) => <Input {...control} placeholder="Run name" leading={<Search />} />}
      </Field>
      <Field label="Note">
        {(control) => <TextArea {...control} placeholder="Why this run?" />}
      </Field>
      <Slider
        label="Opacity"
        value={opacity}
        onValueChange={setOpacity}
        format={(value) => `${Math.round(value * 100)} %`}
      />
      <Switch label="Mirror" help="Adds the mirrored view" checked={on} onCheckedChange={setOn} />
      <Checkbox label="Keep checkpoints" checked={on} onCheckedChange={setOn} />
      <Checkbox label="Some of them" checked="indeterminate" onCheckedChange={setOn} />
    </div>
  );
}

export const formExamples: ExampleSet = {
  title: "Form controls",
  states: {
    default: () => <Form />,
    failed: () => <Form error="Expected more than 0, got −1." />,
  },
};

function Choices(): ReactNode {
  const [tab, setTab] = useState<"metrics" | "classes" | "logs">("metrics");
  const [layer, setLayer] = useState<"mask" | "truth">("mask");
  return (
    <div className="flex flex-col gap-4">
      <Breadcrumb
        items={[
          { key: "runs", node: <a href="#runs">Runs</a> },
          { key: "run", node: "cam-crf-voc12-0042" },
        ]}
      />
      <Tabs
        label="Run"
        value={tab}
        onValueChange={setTab}
        items={[
          { value: "metrics", label: "Metrics", content: "Curves" },
          { value: "classes", label: "Classes", count: 21, content: "Table" },
          { value: "logs", label: "Logs", content: "Lines" },
        ]}
      />
      <Row>
        <Segmented
          label="Layer"
          value={layer}
          onValueChange={setLayer}
          options={[
            { value: "mask", label: "Mask" },
            { value: "truth", label: "Ground truth", shortcut: "G" },
          ]}
        />
        <Menu
          label="More"
          trigger={<Button>More…</Button>}
          items={[
            { label: "Rename", shortcut: "R" },
            { label: "Delete", danger: true, separated: true },
          ]}
        />
        <Popover label="Provenance" trigger={<Button>Provenance</Button>}>
          val, 200 images, threshold fixed
        </Popover>
        <Confirm
          trigger={<Button variant="danger">Delete…</Button>}
          title="Delete voc12-dev?"
          description="1,000 images and 3 versions go. Runs keep their results."
          action="Delete dataset"
          danger
          typeToConfirm="voc12-dev"
          onConfirm={() => undefined}
        />
        <Kbd>Ctrl</Kbd>
        <Kbd>K</Kbd>
        <CopyButton value="r7k2m9qa" label="Copy run id" />
      </Row>
      <Progress value={0.45} label="Training" />
      <Progress value={null} label="Starting" />
    </div>
  );
}

export const navigationExamples: ExampleSet = {
  title: "Navigation and menus",
  states: { default: () => <Choices /> },
};

export const tableExamples: ExampleSet = {
  title: "Table",
  states: {
    default: () => (
      <Card title="Runs" description="Best first" flush>
        <Table label="Runs" className="rounded-none">
          <TableHead>
            <tr>
              <TableHeader>Run</TableHeader>
              <TableHeader>Status</TableHeader>
              <TableHeader align="right" sort="descending" onSort={() => undefined}>
                mIoU
              </TableHeader>
              <TableHeader align="right">Change</TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {[0.6241, 0, null, "not-yet" as const, "failed" as const].map((value, index) => (
              <TableRow key={String(value)} selected={index === 1}>
                <TableCell>cam-crf-voc12-00{42 + index}</TableCell>
                <TableCell>
                  <Status status={STATES[index + 4]!} />
                </TableCell>
                <TableCell align="right">
                  <IouFigure value={value} />
                </TableCell>
                <TableCell align="right">
                  <DeltaFigure value={[0.031, -0.012, null, null, 0][index]!} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Card>
    ),
  },
};
