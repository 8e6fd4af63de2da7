import { randomBytes } from "node:crypto";
import { z } from "@hono/zod-openapi";
import { idempotencyKeyPattern, voucherPagePath } from "@tallystick/sdk/protocol";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import type { AppContext } from "../../http/app-env.ts";
import { clientAddressOf } from "../../http/client-address.ts";
import { problems } from "../../http/problem.ts";
import { route } from "../../http/route.ts";
import { cardFace, inLanguage } from "../../pages/card-face.ts";
import { cameFromElsewhere, readForm } from "../../pages/form.ts";
import { pageResponse } from "../../pages/page.ts";
import { refusedTo, speakRefusals } from "../../pages/refusals.ts";
import { Refusal } from "../../words/refusal.ts";
import { longestTypedCode } from "../api/voucher-route.ts";
import { redeemVoucher } from "../redeem.ts";
import { findSeller } from "../seller.ts";
import { noVouchersPage, voucherFormPage, voucherReceiptPage } from "./voucher-page.ts";

const tags = ["Vouchers"];
const path = `${voucherPagePath}/{partner}`;
const request = { params: z.object({ partner: z.string().openapi({ example: "north-shop" }) }) };
const page = (description: string) => ({ description, content: { "text/html": { schema: z.string() } } });

const show = route({
  who: "anyone",
  operationId: "showVoucherForm",
  method: "get",
  path,
  tags,
  summary: "A partner's page, where vouchers are exchanged by hand",
  request,
  responses: { 200: page("The form"), 404: page("Nobody sells vouchers here") },
});

const send = route({
  who: "anyone",
  operationId: "sendVoucherForm",
  method: "post",
  path,
  tags,
  summary: "Exchange a voucher by the form",
  description: "Answers the form again, with what is wrong, unless the voucher was exchanged.",
  request: {
    ...request,
    body: {
      content: {
        "application/x-www-form-urlencoded": {
          schema: z.object({
            code: z.string(),
            key: z.string().optional().openapi({ description: "Came with the form: sent twice, it is one" }),
          }),
        },
      },
    },
  },
  responses: {
    200: page("The serial"),
    403: page("Sent by another site"),
    404: page("No such voucher, or nobody sells any here"),
    409: page("The voucher cannot be exchanged"),
    422: page("No code was entered"),
    429: page("Too many tries"),
  },
});

type Seller = NonNullable<Awaited<ReturnType<typeof findSeller>>>;

/**
 * The page on which a partner's customers exchange vouchers by hand. It keeps no session: the code in the form is all
 * that speaks for the one who sends it, so another site that sends the form can exchange nothing but its own codes; what
 * a browser says comes from another site is turned away all the same.
 */
export function addVoucherPage(app: App, deps: Deps): void {
  const { brand } = deps.config;
  const addressOf = clientAddressOf(deps.config.listen.trustedProxies);
  app.serve(show, async (c) => {
    const face = await cardFace(brand, c);
    const seller = await findSeller(deps, c.req.param("partner") ?? "");
    if (seller === undefined) return pageResponse(noVouchersPage(face), 404, inLanguage);
    const form = { seller: seller.name, code: "", idempotencyKey: newIdempotencyKey() };
    return pageResponse(voucherFormPage(face, form), 200, inLanguage);
  });
  app.serve(send, async (c) => {
    const seller = await findSeller(deps, c.req.param("partner") ?? "");
    if (seller === undefined) return pageResponse(noVouchersPage(await cardFace(brand, c)), 404, inLanguage);
    return exchange(deps, c, seller, addressOf(c));
  });
}

async function exchange(deps: Deps, c: AppContext, seller: Seller, address: string): Promise<Response> {
  const { config } = deps;
  const face = await cardFace(config.brand, c);
  const { code, idempotencyKey } = sentBy(await readForm(c));
  const again = (problem: string, status: number, headers?: Record<string, string>) =>
    pageResponse(voucherFormPage(face, { seller: seller.name, code, idempotencyKey, problem }), status, {
      ...inLanguage,
      ...headers,
    });
  if (cameFromElsewhere(c, config.issuer)) {
    return again(face.speech.say("voucher_elsewhere"), 403);
  }
  if (code.trim() === "") return again(face.speech.say("voucher_empty"), 422);
  try {
    const { serial, product } = await redeemVoucher(deps, { code, idempotencyKey, address });
    const name = config.products.get(product)?.name ?? product;
    return pageResponse(
      voucherReceiptPage(face, { seller: seller.name, product: name, serial }),
      200,
      inLanguage,
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const wait = error.retryAfterSeconds;
    return again(
      refusedTo(await speakRefusals([face.speech.tag]), error),
      problems[error.code].status,
      wait === undefined ? {} : { "retry-after": String(wait) },
    );
  }
}

/** The form's two fields. What else a sender makes up is left aside, what is too long is cut. */
function sentBy(fields: URLSearchParams | undefined): { code: string; idempotencyKey: string } {
  const key = fields?.get("key") ?? "";
  return {
    code: (fields?.get("code") ?? "").slice(0, longestTypedCode).toWellFormed(),
    idempotencyKey: idempotencyKeyPattern.test(key) ? key : newIdempotencyKey(),
  };
}

const newIdempotencyKey = () => randomBytes(18).toString("base64url");
