import { randomUUID } from "node:crypto";
import type { CheckoutForm, CheckoutProblems } from "./checkout-page.ts";
import type { OrderRequest } from "./order.ts";
import { mostBrushPacks, plans } from "./plan.ts";
import { isShopKind, type ShopKind } from "./voices/voices.ts";

const longestText = 200;

/** The form as a link opens it. The names are Stripe's, and the SDK's for a link without the receiver. */
export function openForm(query: URLSearchParams): CheckoutForm {
  return {
    attempt: randomUUID(),
    shop: shopOf(query.get("shop")),
    plan: "one-year",
    brushPacks: 0,
    name: "",
    email: textOf(query.get("prefilled_email") ?? query.get("email")),
    licence: textOf(query.get("licence")),
    reference: referenceOf(query.get("client_reference_id")),
    coupon: textOf(query.get("coupon")),
  };
}

/** Reads a filled form: an order to take, or the form with what is wrong in it. */
export function readForm(
  fields: Record<string, unknown>,
): { request: OrderRequest } | { form: CheckoutForm; problems: CheckoutProblems } {
  const plan = plans.find(({ id }) => id === fields.plan);
  const form: CheckoutForm = {
    attempt: textOf(fields.attempt) || randomUUID(),
    shop: shopOf(fields.shop),
    plan: plan?.id ?? "one-year",
    brushPacks: countOf(fields.brushPacks),
    name: textOf(fields.name),
    email: textOf(fields.email),
    licence: textOf(fields.licence),
    reference: referenceOf(fields.reference),
    coupon: textOf(fields.coupon),
  };
  const problems: CheckoutProblems = {
    ...(form.name === "" ? { name: "Please tell us your name." } : {}),
    ...(/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(form.email)
      ? {}
      : { email: "Please check this address: we send the receipt to it." }),
    ...(plan === undefined ? { plan: "Please choose a plan." } : {}),
  };
  if (plan === undefined || Object.keys(problems).length > 0) return { form, problems };
  const { attempt, shop, brushPacks, name, email, licence, reference, coupon } = form;
  return {
    request: {
      attempt,
      shop,
      plan,
      brushPacks,
      name,
      email,
      ...(licence === "" ? {} : { licence }),
      ...(reference === "" ? {} : { reference }),
      ...(coupon === "" ? {} : { coupon }),
    },
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim().slice(0, longestText) : "";
}

/** A number of pieces; none where it is no number that the menu has. */
function countOf(value: unknown): number {
  const count = Number(value ?? 0);
  return Number.isInteger(count) && count > 0 && count <= mostBrushPacks ? count : 0;
}

/** Stripe unless another was chosen. */
const shopOf = (value: unknown): ShopKind => (isShopKind(value) ? value : "stripe");

/** Stripe drops a reference with other characters without a word, and so does this store. */
function referenceOf(value: unknown): string {
  return typeof value === "string" && /^[A-Za-z0-9_-]{1,200}$/.test(value) ? value : "";
}
