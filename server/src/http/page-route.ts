import { z } from "@hono/zod-openapi";
import { type DeclaredRoute, type route as declare, route, type Who } from "./route.ts";

const page = (description: string) => ({ description, content: { "text/html": { schema: z.string() } } });

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
  const names = [...declared.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return route({
    ...declared,
    // Pages are for people; the document is for programs.
    hide: true,
    tags: ["Pages"],
    ...(names.length === 0
      ? {}
      : { request: { params: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) } }),
    responses: {
      200: page("The page"),
      303: { description: "To another page, or to the sign-in" },
      "4XX": page(
        "What is wrong, said on a page; 401 where nobody is signed in, 403 where it belongs to others",
      ),
    },
  }) satisfies ReturnType<typeof declare>;
}
