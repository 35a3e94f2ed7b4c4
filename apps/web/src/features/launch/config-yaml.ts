import { runConfigSchema } from "@seedmask/core/contract";
import { Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from "yaml";
import type { z } from "zod";

export interface ConfigProblem {
  /** From 1. */
  readonly line: number;
  /** Dotted path of the field; null where the text is no YAML. */
  readonly field: string | null;
  readonly message: string;
}

export interface ReadConfig {
  /** What the text says; undefined where it cannot be read. */
  readonly value: unknown;
  readonly problems: readonly ConfigProblem[];
}

/** A config as text: the fields in the order of the schema, a list on one line. */
export function writeConfigYaml(config: unknown): string {
  const ordered: unknown = runConfigSchema.safeParse(config).data ?? config;
  const document = new Document(ordered);
  visit(document, {
    Seq: (_, list) => {
      list.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Reads YAML (JSON is YAML too) and says of each thing that is wrong where it stands. */
export function readConfigYaml(text: string): ReadConfig {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => ({
      line: lineCounter.linePos(pos[0]).line,
      field: null,
      message,
    }));
    return { value: undefined, problems };
  }
  const value: unknown = document.toJS();
  const { error } = runConfigSchema.safeParse(value);
  const problems = (error?.issues ?? []).map((issue) => {
    const path = pathOf(issue);
    return {
      line: lineOf(document, lineCounter, path),
      field: path.join("."),
      message: issue.message,
    };
  });
  return { value, problems: problems.toSorted((left, right) => left.line - right.line) };
}

/** An unknown key is reported by the object that has it. */
const pathOf = (issue: z.core.$ZodIssue): readonly string[] =>
  [...issue.path, ...(issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [])].map(
    String,
  );

type ParsedDocument = ReturnType<typeof parseDocument>;

/** Line of a field's name, or of the nearest thing around it where the field is missing. */
function lineOf(document: ParsedDocument, counter: LineCounter, path: readonly string[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const holder = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const last = path[depth - 1];
    const pair = isMap(holder)
      ? holder.items.find(({ key }) => isScalar(key) && String(key.value) === last)
      : undefined;
    const node = pair?.key ?? document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
  }
  return 1;
}
