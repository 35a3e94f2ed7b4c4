/** Roles with what each may do, as the pickers show them. */
export const ROLE_OPTIONS = [
  { value: "viewer", label: "viewer", hint: "looks at everything" },
  { value: "member", label: "member", hint: "launches runs, cancels own" },
  { value: "maintainer", label: "maintainer", hint: "any run, datasets" },
  { value: "admin", label: "admin", hint: "members too" },
] as const;

export type RoleName = (typeof ROLE_OPTIONS)[number]["value"];
