import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import { absentLeftOut } from "../../http/absent.ts";
import type { App } from "../../http/app.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import {
  currency,
  cursor,
  isoTime,
  minorUnits,
  pageLimit,
  partnerId,
  plainText,
} from "../../http/schemas.ts";
import { adjust, reverseAdjustment } from "../adjust.ts";
import { adjustmentKinds, adjustmentStatuses, allowanceKinds } from "../adjustment.ts";
import { approveAdjustment, refuseAdjustment } from "../approval.ts";
import { listAdjustments, showAdjustment } from "../list-adjustments.ts";

const tags = ["Ledger"];
const text = plainText(200);
const params = z.object({ id: plainText(64) });

const allowanceSchema = z
  .strictObject({ for: z.enum(allowanceKinds), budget: text, claim: text })
  .openapi("Allowance", { description: "A claim is paid once" });

const adjustmentSchema = z
  .object({
    id: z.string(),
    partner: z.string(),
    kind: z.enum(adjustmentKinds),
    amountMinor: minorUnits,
    currency,
    reference: z.string(),
    note: z.string(),
    allowance: allowanceSchema.nullable(),
    reverses: z.string().nullable().openapi({ description: "The adjustment that it takes back" }),
    status: z.enum(adjustmentStatuses),
    enteredBy: z.string(),
    enteredAt: isoTime,
    decidedBy: z.string().nullable(),
    decidedAt: isoTime.nullable(),
  })
  .openapi("Adjustment");

const list = route({
  who: "admin",
  operationId: "listAdjustments",
  method: "get",
  path: "/v1/adjustments",
  tags,
  summary: "What people booked by hand, the newest first",
  request: {
    query: z.strictObject({
      partner: partnerId.optional(),
      status: z.enum(adjustmentStatuses).optional(),
      limit: pageLimit.optional(),
      after: cursor.optional(),
    }),
  },
  responses: {
    200: answer(
      "A page of adjustments; `next` is the `after` of the page behind it",
      z.object({ adjustments: z.array(adjustmentSchema), next: z.string().nullable() }),
    ),
    ...refusals("partner_unknown"),
  },
});

const add = route({
  who: "admin",
  operationId: "adjust",
  method: "post",
  path: "/v1/adjustments",
  tags,
  summary: "Book an amount for a partner",
  description:
    "More than zero is in the partner's favour. Above the configured limit it is `pending` until a second person approves it.",
  request: {
    body: jsonBody(
      z
        .strictObject({
          partner: partnerId,
          amountMinor: minorUnits,
          currency: currency.regex(/^[A-Za-z]{3}$/),
          kind: z.enum(adjustmentKinds),
          reference: text,
          note: text,
          allowance: allowanceSchema.optional(),
        })
        .openapi("NewAdjustment"),
    ),
  },
  responses: {
    201: answer("The adjustment", adjustmentSchema),
    ...refusals("partner_unknown", "claim_booked", "budget_spent"),
  },
});

const show = route({
  who: "admin",
  operationId: "showAdjustment",
  method: "get",
  path: "/v1/adjustments/{id}",
  tags,
  summary: "An adjustment",
  request: { params },
  responses: { 200: answer("The adjustment", adjustmentSchema), ...refusals("adjustment_unknown") },
});

const reverse = route({
  who: "admin",
  operationId: "reverseAdjustment",
  method: "post",
  path: "/v1/adjustments/{id}/reverse",
  tags,
  summary: "Take an adjustment back by a counter-booking that names it",
  request: {
    params,
    body: jsonBody(z.strictObject({ note: text, reference: text.optional() }).openapi("Reversal")),
  },
  responses: {
    201: answer("The counter-booking", adjustmentSchema),
    ...refusals("adjustment_unknown", "adjustment_settled", "adjustment_reversed"),
  },
});

const verdict = (word: "approve" | "refuse", summary: string) =>
  route({
    who: "admin",
    operationId: `${word}Adjustment`,
    method: "post",
    path: `/v1/adjustments/{id}/${word}`,
    tags,
    summary,
    description: "By another than who entered it. Takes no body.",
    request: { params },
    responses: {
      200: answer("The adjustment", adjustmentSchema),
      ...refusals("adjustment_unknown", "adjustment_settled", "second_person_needed"),
    },
  });

const approve = verdict("approve", "Book a pending adjustment");
const refuse = verdict("refuse", "Refuse a pending adjustment: nothing is booked");

/** Adjustments: list, enter, show, reverse, approve, refuse. */
export function addAdjustmentRoutes(app: App, deps: Deps): void {
  app.openapi(list, async (c) => c.json(await listAdjustments(deps, c.req.valid("query")), 200));
  app.openapi(add, async (c) => c.json(await adjust(deps, absentLeftOut(c.req.valid("json"))), 201));
  app.openapi(show, async (c) => c.json(await showAdjustment(deps, c.req.valid("param").id), 200));
  app.openapi(reverse, async (c) =>
    c.json(await reverseAdjustment(deps, c.req.valid("param").id, c.req.valid("json")), 201),
  );
  app.openapi(approve, async (c) => c.json(await approveAdjustment(deps, c.req.valid("param").id), 200));
  app.openapi(refuse, async (c) => c.json(await refuseAdjustment(deps, c.req.valid("param").id), 200));
}
