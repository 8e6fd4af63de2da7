import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import { moneyRequestSchema } from "../../four-eyes/request-schema.ts";
import { requestStatuses } from "../../four-eyes/request-status.ts";
import { absentLeftOut } from "../../http/absent.ts";
import type { App } from "../../http/app.ts";
import { answer, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { cursor, pageLimit, plainText } from "../../http/schemas.ts";
import { listRequests, settleRequest, showRequest } from "../approvals.ts";

const tags = ["Ledger"];
const params = z.object({ id: plainText(64) });

const list = route({
  who: "admin",
  operationId: "listApprovals",
  method: "get",
  path: "/v1/approvals",
  tags,
  summary:
    "Imports, corrections, rulings and assignments of plans that needed a second person, the newest first",
  request: {
    query: z.strictObject({
      status: z.enum(requestStatuses).optional(),
      limit: pageLimit.optional(),
      after: cursor.optional(),
    }),
  },
  responses: {
    200: answer(
      "A page of them; `next` is the `after` of the page behind it",
      z.object({ requests: z.array(moneyRequestSchema), next: z.string().nullable() }),
    ),
  },
});

const show = route({
  who: "admin",
  operationId: "showApproval",
  method: "get",
  path: "/v1/approvals/{id}",
  tags,
  summary: "What an import, a correction or a ruling moves, by partner",
  request: { params },
  responses: { 200: answer("The request", moneyRequestSchema), ...refusals("approval_unknown") },
});

const answering = (word: "approve" | "refuse", summary: string) =>
  route({
    who: "admin",
    operationId: `${word}Approval`,
    method: "post",
    path: `/v1/approvals/{id}/${word}`,
    tags,
    summary,
    description: "By another than who entered it. Takes no body.",
    request: { params },
    responses: {
      200: answer("The request", moneyRequestSchema),
      ...refusals(
        "approval_unknown",
        "approval_settled",
        "second_person_needed",
        "order_unknown",
        "partner_unknown",
        "correction_reversed",
      ),
    },
  });

const approve = answering("approve", "Do what waits for a second person");
const refuse = answering("refuse", "Refuse what waits for a second person: nothing is booked");

/** What waits for a second person and is no adjustment: list, show, approve, refuse. */
export function addApprovalRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) => c.json(await listRequests(deps, absentLeftOut(c.req.valid("query"))), 200));
  app.openapi(show, async (c) => c.json(await showRequest(deps, c.req.valid("param").id), 200));
  app.openapi(approve, async (c) =>
    c.json(await settleRequest(deps, c.req.valid("param").id, "booked"), 200),
  );
  app.openapi(refuse, async (c) =>
    c.json(await settleRequest(deps, c.req.valid("param").id, "refused"), 200),
  );
}
