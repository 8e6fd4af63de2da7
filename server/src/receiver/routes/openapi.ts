import type { App } from "../../http/app.ts";
import { callers, route } from "../../http/route.ts";

/** The document's own route, which it does not describe. */
const description = route({
  who: "anyone",
  operationId: "readApiDescription",
  hide: true,
  method: "get",
  path: "/openapi.json",
  responses: { 200: { description: "The OpenAPI document" } },
});

/** Serves the document of all routes that were added before; it is made once, when first asked for. */
export function addOpenApiDocument(app: App): void {
  for (const [caller, scheme] of Object.entries(callers))
    app.openAPIRegistry.registerComponent("securitySchemes", caller, scheme);
  let text: string | undefined;
  app.serve(description, () => {
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
      { name: "For partners", description: "What partners call with their own keys" },
      { name: "Tokens", description: "What a copy of the product carries" },
      { name: "Serials", description: "Batches of serials, and who was given them to sell" },
      { name: "Vouchers", description: "Codes on cards, exchanged for serials" },
      { name: "Registered e-mails", description: "Customers' addresses that partners register" },
      { name: "Coupons", description: "Codes for the checkout that name a partner" },
      { name: "Orders", description: "Who was credited, and why" },
      { name: "Ledger", description: "What is owed" },
      { name: "Audit", description: "What people and keys have changed" },
      { name: "Statements", description: "Accounts with partners, closed by period" },
      { name: "Plans", description: "What partners are paid" },
      { name: "Periods", description: "What plans pay when a period closes" },
      { name: "Payouts", description: "Money that is sent, and what the bank says of it" },
      { name: "Contested decisions", description: "Claims of partners, and rulings on them" },
      { name: "Deals", description: "Customers that partners registered before a sale" },
      { name: "Rewards", description: "What partners give customers who renew" },
      {
        name: "Customers",
        description: "Who customers are: organisations, people, and their part in licences",
      },
      { name: "Rules on conflicts", description: "How classes of conflicts between partners are settled" },
      { name: "Reports", description: "What was earned, added up" },
      { name: "Outbox", description: "What is told to partners' webhooks and affiliate networks" },
      { name: "Keys", description: "What signs tokens" },
      { name: "Operations", description: "What machines ask" },
    ],
  });
}
