/** A field of a config by its dotted path, as `seedmask run --set` names it. */
export interface ConfigField {
  readonly path: string;
  readonly value: string | number | boolean | null;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every leaf of a config in its own order; a list is one leaf. */
export function flatten(config: unknown, prefix = ""): ConfigField[] {
  if (isObject(config)) {
    return Object.entries(config).flatMap(([key, value]) =>
      flatten(value, prefix === "" ? key : `${prefix}.${key}`),
    );
  }
  const leaf = Array.isArray(config) ? config.join(", ") : config;
  return [{ path: prefix, value: leaf as ConfigField["value"] }];
}

export interface ConfigChange {
  readonly path: string;
  readonly from: ConfigField["value"] | undefined;
  readonly to: ConfigField["value"] | undefined;
}

/** Fields that differ, gone ones included. */
export function changedPaths(from: unknown, to: unknown): ConfigChange[] {
  const before = new Map(flatten(from).map(({ path, value }) => [path, value]));
  const after = new Map(flatten(to).map(({ path, value }) => [path, value]));
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => ({ path, from: before.get(path), to: after.get(path) }));
}

export const valueAt = (config: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), config);

/** A copy with one field set; the objects on the way are copied, the rest is shared. */
export function withValueAt<T>(config: T, path: readonly (string | number)[], value: unknown): T {
  const [key, ...rest] = path;
  if (key === undefined) return value as T;
  const object: Readonly<Record<string | number, unknown>> = isObject(config) ? config : {};
  return { ...object, [key]: withValueAt(object[key], rest, value) } as T;
}
