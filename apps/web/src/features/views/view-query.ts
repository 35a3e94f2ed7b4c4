/** The name of the parameter that holds a view's id. */
export const VIEW_PARAMETER = "view";

interface Parameters {
  toString(): string;
}

/** What of an address a view keeps: everything but which view it was. */
export function viewQuery(parameters: Parameters): string {
  const kept = new URLSearchParams(parameters.toString());
  kept.delete(VIEW_PARAMETER);
  kept.sort();
  return kept.toString();
}

/** An address of a view that is as short as its id, whatever it filters. */
export const shortAddress = (origin: string, path: string, id: string): string =>
  `${origin}${path}?${VIEW_PARAMETER}=${id}`;
