import { randomBytes } from "node:crypto";
import { idempotencyKeyPattern, voucherPagePath } from "@tallystick/sdk/protocol";
import type { Deps } from "../deps.ts";
import { Refusal } from "../refusal.ts";
import { redeemVoucher } from "../vouchers/redeem.ts";
import { findSeller } from "../vouchers/seller.ts";
import { type App, type AppContext, requestHeader } from "./app-env.ts";
import { clientAddressOf } from "./client-address.ts";
import { htmlResponse } from "./page.ts";
import { problems } from "./problem.ts";
import { readBody } from "./request-body.ts";
import { noVouchersPage, voucherFormPage, voucherReceiptPage, voucherResponse } from "./voucher-page.ts";
import { longestTypedCode } from "./voucher-route.ts";

type Seller = NonNullable<Awaited<ReturnType<typeof findSeller>>>;

/**
 * The page on which a partner's customers exchange vouchers by hand. It keeps no session: the code in the form is all
 * that speaks for the one who sends it, so another site that sends the form can exchange nothing but its own codes; what
 * a browser says comes from another site is turned away all the same.
 */
export function addVoucherPage(app: App, deps: Deps): void {
  const addressOf = clientAddressOf(deps.config.listen.trustedProxies);
  const path = `${voucherPagePath}/:partner`;
  app.get(path, async (c) => {
    const seller = await findSeller(deps, c.req.param("partner"));
    if (seller === undefined) return htmlResponse(noVouchersPage, 404);
    const form = { seller: seller.name, code: "", idempotencyKey: newIdempotencyKey() };
    return voucherResponse(voucherFormPage(form), 200);
  });
  app.post(path, async (c) => {
    const seller = await findSeller(deps, c.req.param("partner"));
    if (seller === undefined) return htmlResponse(noVouchersPage, 404);
    return exchange(deps, c, seller, addressOf(c));
  });
}

async function exchange(deps: Deps, c: AppContext, seller: Seller, address: string): Promise<Response> {
  const { code, idempotencyKey } = await readForm(c);
  const again = (problem: string, status: number, headers?: Record<string, string>) =>
    voucherResponse(voucherFormPage({ seller: seller.name, code, idempotencyKey, problem }), status, headers);
  if (isFromElsewhere(c, deps.config.issuer)) {
    return again("This came from another page. Please press the button once more.", 403);
  }
  if (code.trim() === "") return again("Please enter the code on your card.", 422);
  try {
    const { serial, product } = await redeemVoucher(deps, { code, idempotencyKey, address });
    const name = deps.config.products.get(product)?.name ?? product;
    return voucherResponse(voucherReceiptPage({ seller: seller.name, product: name, serial }), 200);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const wait = error.retryAfterSeconds;
    return again(
      error.message,
      problems[error.code].status,
      wait === undefined ? {} : { "retry-after": String(wait) },
    );
  }
}

/** The form's two fields. What else a sender makes up is left aside, what is too long is cut. */
async function readForm(c: AppContext): Promise<{ code: string; idempotencyKey: string }> {
  const fields = new URLSearchParams(new TextDecoder().decode(await readBody(c)));
  const key = fields.get("key") ?? "";
  return {
    code: (fields.get("code") ?? "").slice(0, longestTypedCode).toWellFormed(),
    idempotencyKey: idempotencyKeyPattern.test(key) ? key : newIdempotencyKey(),
  };
}

/** What a browser says of where a form came from; those that say nothing are no browsers, or old ones. */
function isFromElsewhere(c: AppContext, issuer: string): boolean {
  const site = requestHeader(c, "sec-fetch-site");
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const origin = requestHeader(c, "origin");
  if (origin === undefined) return false;
  const host = URL.parse(origin)?.host;
  return host === undefined || (host !== new URL(issuer).host && host !== requestHeader(c, "host"));
}

const newIdempotencyKey = () => randomBytes(18).toString("base64url");
