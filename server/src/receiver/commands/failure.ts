import type { ErrorHandler, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ZodError } from "zod";
import type { Brand } from "../../config/brand-config.ts";
import { boundText } from "../../config/config-problems.ts";
import { type AppEnv, requestHeader } from "../../http/app-env.ts";
import { type Problem, problemResponse, refusalResponse } from "../../http/problem.ts";
import { SenderGone } from "../../http/request-body.ts";
import { prefersHtml } from "../../pages/accept.ts";
import { failurePage, isLost, refusedPage, wantsPage } from "../../pages/refused-page.ts";
import { refusalOfText } from "../../store/unspeakable.ts";
import type { Log } from "../../words/log.ts";
import { Refusal, type RefusalCode } from "../../words/refusal.ts";

/** Turns whatever a route threw into a problem. What is not a refusal is "internal error" outside and whole in the log. */
export function answerFailure(log: Log, brand: Brand): ErrorHandler<AppEnv> {
  return async (thrown, c) => {
    const error = refusalOfText(thrown) as Error;
    if (error instanceof Refusal) return wantsPage(c) ? refusedPage(brand, c, error) : refusalResponse(error);
    if (error instanceof HTTPException && error.status < 500) {
      return error.status === 415
        ? problemResponse("media_type_unsupported", "The body must be application/json in UTF-8.")
        : problemResponse("request_invalid", "The body is not JSON.");
    }
    if (error instanceof SenderGone) return problemResponse("request_invalid", "The body is incomplete.");
    log.error("server.failed", { method: c.req.method, route: routeOf(c.req.path) }, error);
    if (prefersHtml(requestHeader(c, "accept"))) return failurePage(brand, c);
    return problemResponse("internal_error", "Something failed here. It was logged.");
  };
}

/** Tells a person by a page that there is nothing at an address, or of a face's that it takes nothing of the kind. */
export const onPages =
  (brand: Brand, answer: NotFoundHandler<AppEnv>): NotFoundHandler<AppEnv> =>
  async (c) => {
    const response = await answer(c);
    if (response.status < 400 || !(wantsPage(c) || (response.status === 404 && isLost(c)))) return response;
    const { code, detail } = (await response.json()) as Pick<Problem, "detail"> & { code: RefusalCode };
    const page = await refusedPage(brand, c, new Refusal(code, detail));
    const allow = response.headers.get("allow");
    if (allow !== null) page.headers.set("allow", allow);
    return page;
  };

/** The first thing that is wrong with a request, said by where it is. What was sent is not repeated. */
export function describeInvalid(where: string, error: ZodError): Refusal {
  const [issue] = error.issues;
  const path = [where === "json" ? "body" : where, ...(issue?.path ?? [])].join(".");
  if (issue?.code === "unrecognized_keys") {
    return new Refusal("request_invalid", `${path}: has members that are not known here.`);
  }
  return new Refusal("request_invalid", `${path}: ${wordsOf(issue)}.`);
}

/** What zod found, by what was expected. Its own words for types and choices name JavaScript's, not JSON's. */
function wordsOf(issue: ZodError["issues"][number] | undefined): string {
  if (issue === undefined) return "is not valid";
  if (!issue.message.startsWith("Invalid ")) return boundText(issue);
  if (issue.code === "invalid_type") {
    const isMissing = issue.message.endsWith("received undefined");
    return `expected ${issue.expected}${isMissing ? "; it is missing" : ""}`;
  }
  if (issue.code === "invalid_value") return `expected one of ${issue.values.map(String).join(", ")}`;
  return boundText(issue);
}

/** Only the first segment of a path is logged: the rest may be a licence or an order's id. */
function routeOf(path: string): string {
  return /^\/[\w.-]{0,32}/.exec(path)?.[0] ?? "/";
}
