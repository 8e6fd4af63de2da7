import { z } from "@hono/zod-openapi";
import { idempotencyKeyPattern, voucherAnswerDays, voucherPath } from "@tallystick/sdk/protocol";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { clientAddressOf } from "../../http/client-address.ts";
import { answer, jsonBody, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { productId } from "../../http/schemas.ts";
import { redeemVoucher } from "../redeem.ts";

/** A voucher's code as it was typed; what is wrong with it is the voucher check's to say. */
export const longestTypedCode = 200;

const redeem = route({
  who: "anyone",
  operationId: "redeemVoucher",
  method: "post",
  path: voucherPath,
  tags: ["Vouchers"],
  summary: "Exchange a voucher for a serial",
  description: `Open to SDKs, and limited by address. A voucher is exchanged once; with an \`idempotencyKey\` an answer that was lost is given again for ${voucherAnswerDays} days. Codes that were not issued, or mistyped, are all refused alike.`,
  request: {
    body: jsonBody(
      z
        .strictObject({
          product: productId,
          code: z.string().min(1).max(longestTypedCode).openapi({ example: "7K3M-QX8T-0ABC-DEFG-HJ5P" }),
          idempotencyKey: z
            .string()
            .regex(idempotencyKeyPattern)
            .optional()
            .openapi({ description: "128 random bits or more in base64url, made once for each voucher" }),
        })
        .openapi("VoucherToRedeem"),
    ),
  },
  responses: {
    200: answer(
      "What it was exchanged for",
      z
        .object({
          serial: z.string().openapi({ description: "To activate the product with" }),
          partner: z.string(),
          product: z.string(),
          token: z.string().optional().openapi({ description: "The partner's, for the SDK to keep" }),
        })
        .openapi("RedeemedVoucher"),
    ),
    ...refusals(
      "product_unknown",
      "voucher_unknown",
      "voucher_product_mismatch",
      "voucher_revoked",
      "voucher_used",
      "voucher_expired",
      "pool_empty",
      "too_many_requests",
    ),
  },
});

/** The open route that exchanges vouchers: no bearer, the code itself is what speaks for the caller. */
export function addVoucherRoute(app: App, deps: Deps): void {
  const addressOf = clientAddressOf(deps.config.listen.trustedProxies);
  app.openapi(redeem, async (c) =>
    c.json(
      await redeemVoucher(deps, { ...c.req.valid("json"), withToken: true, address: addressOf(c) }),
      200,
    ),
  );
}
