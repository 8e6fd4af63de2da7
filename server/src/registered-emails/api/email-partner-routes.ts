import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { takeJsonOrCsv } from "../../http/json-or-csv.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { isoTime, moment, productId } from "../../http/schemas.ts";
import { Refusal } from "../../words/refusal.ts";
import { tallyEmails } from "../email-tallies.ts";
import { eraseEmail } from "../erase-email.ts";
import { makeFormLink } from "../form-link.ts";
import { readEmailCsv } from "../read-email-csv.ts";
import { type EmailEntry, entriesAtMost, registerEmails } from "../register-emails.ts";
import {
  emailListSchema,
  emailTallySchema,
  emailText,
  flag,
  registrationReportSchema,
} from "./email-schemas.ts";

const tags = ["Registered e-mails"];
const path = "/v1/partner/registered-emails";
const register = route({
  who: "partner",
  operationId: "registerEmails",
  method: "post",
  path,
  tags,
  summary: "Register customers' addresses",
  description: `Up to ${entriesAtMost} in JSON or in CSV of 1 MB at the most. In CSV the first row may be a heading with the columns \`email\`, \`product\`, \`consent_version\` and \`consented_at\`. The first registration of an address stands until its window has passed; the answer is the same whether or not it is this one.`,
  middleware: takeJsonOrCsv,
  request: {
    query: z.strictObject({
      product: productId.optional().openapi({ description: "For rows of CSV that name none" }),
      dryRun: flag.optional().openapi({ description: "Check all and register nothing" }),
    }),
    body: {
      content: {
        "application/json": { schema: emailListSchema },
        "text/csv": { schema: z.string().openapi({ example: "email\ncustomer@example.com\n" }) },
      },
    },
  },
  responses: {
    200: answer("Registered", registrationReportSchema),
    ...refusals("partner_ended", "partner_suspended", "too_many_requests"),
  },
});

const list = route({
  who: "partner",
  operationId: "tallyMyRegisteredEmails",
  method: "get",
  path,
  tags,
  summary: "How many addresses you sent",
  description: "Whether any of them had been registered before, by whomever, is not told.",
  request: { query: z.strictObject({}) },
  responses: {
    200: answer("By product and origin", z.array(emailTallySchema)),
  },
});

const erase = route({
  who: "partner",
  operationId: "eraseMyRegisteredEmail",
  method: "delete",
  path,
  tags,
  summary: "Erase an address that you registered",
  description: "The answer is the same whether or not it was registered.",
  request: { body: jsonBody(z.strictObject({ email: emailText })) },
  responses: {
    200: answer("Erased", z.object({ status: z.literal("erased") })),
  },
});

const formLink = route({
  who: "partner",
  operationId: "makeFormLink",
  method: "post",
  path: "/v1/partner/form-links",
  tags,
  summary: "Make a link to your form, where customers register themselves",
  description: "It ends when the API key it was made with is revoked.",
  request: {
    body: jsonBody(z.strictObject({ product: productId.optional(), expiresAt: moment.optional() })),
  },
  responses: {
    201: answer("The link", z.object({ url: z.string(), expiresAt: isoTime }).openapi("FormLink")),
    ...refusals("product_unknown"),
  },
});

/** What a partner does with its customers' addresses. Whose they are is told by its API key, never by the request. */
export function addEmailPartnerRoutes(app: App, deps: Deps): void {
  app.openapi(register, async (c) => {
    const { dryRun = false, product } = c.req.valid("query");
    const csv = c.get("csv") ?? new Uint8Array();
    const list = c.req.valid("json");
    // It is checked for JSON alone; for CSV it is what the document calls a string, and nothing in truth.
    const entries =
      c.get("csv") === undefined && typeof list === "object"
        ? listed(list)
        : await collect(readEmailCsv([csv], { product }));
    const { partner } = c.get("holder");
    const report = await registerEmails(deps, { partner, origin: "api", dryRun }, entries);
    return c.json({ status: "registered" as const, ...report }, 200);
  });
  app.openapi(list, async (c) => c.json(await tallyEmails(deps, c.get("holder").partner), 200));
  app.openapi(erase, async (c) => {
    await eraseEmail(deps, { email: c.req.valid("json").email, partner: c.get("holder").partner });
    return c.json({ status: "erased" as const }, 200);
  });
  app.openapi(formLink, (c) => {
    const { partner, keyId } = c.get("holder");
    return c.json(makeFormLink(deps, { partner, keyId, ...c.req.valid("json") }), 201);
  });
}

function listed({ emails, product, consent }: z.output<typeof emailListSchema>): EmailEntry[] {
  const given =
    consent === undefined ? undefined : { version: consent.version, wording: "", at: consent.givenAt };
  return emails.map((email, index) => ({ row: index + 1, email, product, consent: given }));
}

async function collect(rows: AsyncIterable<EmailEntry>): Promise<EmailEntry[]> {
  const entries: EmailEntry[] = [];
  for await (const entry of rows) {
    if (entries.length === entriesAtMost)
      throw new Refusal("request_invalid", `A list has ${entriesAtMost} addresses at most: send several.`);
    entries.push(entry);
  }
  if (entries.length === 0) throw new Refusal("request_invalid", "The list has no rows.");
  return entries;
}
