import { routerPath } from "../../server/src/http/route.ts";
import type { Browser } from "../access/access-world.ts";
import type { FullWorld } from "./full-world.ts";

/** A page as somebody who follows links comes to it. */
export interface Found {
  /** The route as it is declared. */
  route: string;
  /** Path and query. */
  path: string;
  /** The page whose link led here, undefined of the first. */
  from: string | undefined;
  status: number;
  type: string;
  text: string;
}

/** How many addresses of one kind are opened: a kind is a route with the names of what its query says. */
const mostOfAKind = 3;

/** The addresses that a page links to, on the receiver, without what stands behind `#`. */
export const linksOf = (page: string): string[] =>
  [...page.matchAll(/<a\b[^>]*?href="(\/[^"#]*)/g)].map(([, address = ""]) =>
    address.replaceAll("&amp;", "&"),
  );

/** Names the route that a path belongs to, the most literal one first. */
export function routesOf({ app }: Pick<FullWorld, "app">): (path: string) => string | undefined {
  const routes = app.declared
    .filter(({ method }) => method === "get")
    .map(({ path }) => ({
      path,
      pattern: new RegExp(`^${routerPath(path).replaceAll(".", "\\.").replace(/:\w+/g, "[^/]+")}$`),
      wildcards: path.split("{").length,
    }))
    .toSorted((one, other) => one.wildcards - other.wildcards);
  return (path) => routes.find(({ pattern }) => pattern.test(path.replace(/\?.*/, "")))?.path;
}

/** Follows every link from some pages on, a few of each kind, and gives all that was opened. */
export async function crawl(
  world: Pick<FullWorld, "app">,
  browser: Pick<Browser, "get">,
  starts: readonly string[],
): Promise<Found[]> {
  const routeOf = routesOf(world);
  const opened = new Map<string, number>();
  const seen = new Set<string>(starts);
  const waiting: { path: string; from: string | undefined }[] = starts.map((path) => ({
    path,
    from: undefined,
  }));
  const found: Found[] = [];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { path, from } = next;
    const route = routeOf(path) ?? "";
    const kind = `${route} ${[...new URL(path, "http://x").searchParams.keys()].sort().join()}`;
    const count = opened.get(kind) ?? 0;
    if (count >= mostOfAKind) continue;
    opened.set(kind, count + 1);
    const answer = await browser.get(path, { "accept-language": "en" });
    const type = answer.headers.get("content-type") ?? "";
    const text = await answer.text();
    found.push({ route, path, from, status: answer.status, type, text });
    if (!type.startsWith("text/html")) continue;
    for (const link of linksOf(text)) {
      if (seen.has(link)) continue;
      seen.add(link);
      waiting.push({ path: link, from: path });
    }
  }
  return found;
}

/** What begins like a page and is a file. */
const files = /\/(file|export|files\/\{entry\})$/;

/** The routes of pages that people open. */
export const pageRoutesOf = ({ app }: Pick<FullWorld, "app">): string[] =>
  app.declared
    .filter(
      ({ method, path }) =>
        method === "get" && /^\/(console|portal|account|sign-in|mail|register|voucher)\b/.test(path),
    )
    .map(({ path }) => path)
    .filter((path) => !files.test(path));
