import { createRoute, z } from "@hono/zod-openapi";
import { downloadRoute } from "../downloads/api/download-route.ts";
import type { App } from "../http/app-env.ts";
import { answer, refusals } from "../http/problem-answers.ts";
import { productId } from "../http/schemas.ts";
import { keyedWebhookRoute, webhookRoute } from "../intake/api/webhook-route.ts";
import { clickRoute } from "../renewal/api/click-route.ts";

const click = createRoute({
  method: "get",
  path: clickRoute,
  tags: ["Renewal"],
  summary: "The renewal link",
  description:
    "Sends the customer to the product's checkout. A good token puts a reference of its partner into the address; a bad or missing one never stops the customer. HEAD and link previews get the same answer and record nothing.",
  request: {
    params: z.object({ product: productId }),
    query: z.object({
      t: z.string().optional().openapi({ description: "Token" }),
      l: z.string().optional().openapi({ description: "Licence" }),
      e: z.string().optional().openapi({ description: "The customer's e-mail address" }),
    }),
  },
  responses: { 302: { description: "To the checkout" }, ...refusals("product_unknown") },
});

const webhook = createRoute({
  method: "post",
  path: webhookRoute,
  tags: ["Shops"],
  summary: "A shop's event",
  description:
    "Signed by the shop over the raw bytes, by its own rules. 200 once durable; a repetition is a duplicate and 200 too. Send again only after a 5xx.",
  request: {
    params: z.object({ shop: z.string().openapi({ example: "stripe" }) }),
    body: { required: true, content: { "application/json": { schema: z.looseObject({}) } } },
  },
  responses: {
    200: answer(
      "Durable",
      z.object({ status: z.enum(["recorded", "duplicate", "ignored"]) }).openapi("Delivery"),
    ),
    ...refusals("event_invalid", "signature_invalid", "shop_unknown", "body_too_large", "busy"),
  },
});

const keyedWebhook = createRoute({
  method: "post",
  path: keyedWebhookRoute,
  tags: ["Shops"],
  summary: "An event of a shop that signs nothing",
  description:
    "The same for shops on Gumroad: the secret stands in the address, and the event counts once the shop's own API has confirmed it.",
  request: {
    params: z.object({ shop: z.string().openapi({ example: "gumroad" }), key: z.string() }),
    body: {
      required: true,
      content: { "application/x-www-form-urlencoded": { schema: z.looseObject({}) } },
    },
  },
  responses: webhook.responses,
});

const downloadParams = z.object({
  product: productId,
  partner: z.string().openapi({ example: "north-shop" }),
});
const downloadAnswers = {
  200: { description: "The file" },
  206: { description: "The range that was asked for" },
  304: { description: "Not changed" },
  416: { description: "The range begins behind the end" },
  ...refusals("product_unknown", "not_found", "busy"),
};

const download = createRoute({
  method: "get",
  path: downloadRoute,
  tags: ["Partners"],
  summary: "The installer, stamped for a partner",
  description:
    "The product's installer with the partner's token in it, its signature unbroken; HEAD, one range and conditions by ETag. An unknown partner gets the file unstamped.",
  request: { params: downloadParams },
  responses: downloadAnswers,
});

const namedDownload = createRoute({
  method: "get",
  path: `${downloadRoute}/{file}`,
  tags: ["Partners"],
  summary: "Another of the product's installers, stamped for a partner",
  description: "By its file name; otherwise as without one.",
  request: { params: downloadParams.extend({ file: z.string().openapi({ example: "paint-setup.msi" }) }) },
  responses: downloadAnswers,
});

/** Adds the hot routes, which run without validation middlewares, to the document. */
export function describeHotRoutes(app: App): void {
  for (const route of [click, webhook, keyedWebhook, download, namedDownload])
    app.openAPIRegistry.registerPath(route);
}

/** Serves the document of all routes that were added before; it is made once, when first asked for. */
export function addOpenApiDocument(app: App): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "admin", {
    type: "http",
    scheme: "bearer",
    description: "The `adminToken` of the configuration",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "partner", {
    type: "http",
    scheme: "bearer",
    description: "A partner's API key, `tsp_…`",
  });
  let text: string | undefined;
  app.get("/openapi.json", () => {
    text ??= JSON.stringify(documentOf(app));
    return new Response(text, {
      headers: {
        "content-type": "application/json",
        "cache-control": "no-cache",
        "access-control-allow-origin": "*",
      },
    });
  });
}

function documentOf(app: App) {
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Tallystick receiver",
      version: "1",
      description:
        "Verifies renewal links, takes signed purchase webhooks and credits the reseller. Errors are problem documents (RFC 9457); unknown members in a request are refused.",
      license: { name: "MIT", url: "https://spdx.org/licenses/MIT.html" },
    },
    servers: [{ url: ".", description: "Where this document came from" }],
    tags: [
      { name: "Renewal", description: "What customers and the SDK call" },
      { name: "Shops", description: "What shops call" },
      { name: "Partners", description: "The vendor's channel" },
      { name: "Tokens", description: "What a copy of the product carries" },
      { name: "Serials", description: "Batches of serials, and who was given them to sell" },
      { name: "Vouchers", description: "Codes on cards, exchanged for serials" },
      { name: "Registered e-mails", description: "Customers' addresses that partners register" },
      { name: "Coupons", description: "Codes for the checkout that name a partner" },
      { name: "Orders", description: "Who was credited, and why" },
      { name: "Ledger", description: "What is owed" },
      { name: "Outbox", description: "What is told to partners' webhooks and affiliate networks" },
      { name: "Keys", description: "What signs tokens" },
      { name: "Operations", description: "What machines ask" },
    ],
  });
}
