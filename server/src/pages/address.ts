/** Where a page stands: its path, and what its query says. */
export interface Address {
  path: string;
  query: URLSearchParams;
}

/** The address of a request. Empty parameters, as forms send them, are left out. */
export function addressOf(url: string): Address {
  const { pathname, searchParams } = new URL(url);
  const query = new URLSearchParams([...searchParams].filter(([, value]) => value !== ""));
  return { path: pathname, query };
}

/** The same address with other parameters; `undefined` takes one away. */
export function addressWith(
  { path, query }: Address,
  changes: Readonly<Record<string, string | undefined>>,
): string {
  const changed = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes))
    if (value === undefined) changed.delete(name);
    else changed.set(name, value);
  const text = changed.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** A path of segments, each escaped: ids of shops may hold anything. */
export const pathOf = (...segments: readonly string[]): string =>
  `/${segments.map((segment) => encodeURIComponent(segment)).join("/")}`;
