import { type DeclaredRoute, type route as declare, route, type Who } from "./route.ts";

/** What is said of a page: who may see it, and what it is. */
export interface PageDeclaration<Path extends string> {
  who: Who;
  operationId: string;
  method: "get" | "post";
  path: Path;
  summary: string;
}

/** Declares a page of the portal, the console or the sign-in, or what one of its forms sends. */
export function pageRoute<Path extends string>(declared: PageDeclaration<Path>): DeclaredRoute {
  // Pages are for people, and the document is for programs: nothing is said here of what they send and get.
  return route({ ...declared, hide: true, responses: {} }) satisfies ReturnType<typeof declare>;
}
