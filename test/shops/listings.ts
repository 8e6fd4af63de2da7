import type { ShopKind } from "../../server/src/config/shop-config.ts";
import { chargebeePaymentSucceeded } from "./chargebee-fixtures.ts";
import { gumroadSale } from "./gumroad-fixtures.ts";
import { lemonOrderCreated } from "./lemon-squeezy-fixtures.ts";
import { paddleTransactionCompleted } from "./paddle-fixtures.ts";
import { polarOrderPaid } from "./polar-fixtures.ts";
import { shopifyOrderPaid } from "./shopify-fixtures.ts";
import { stripeCheckoutCompleted } from "./stripe-fixtures.ts";

type Json = Record<string, unknown>;

/** A part of a list as an API gives it: from which place on, what, and where the rest begins. */
export interface Part {
  told: unknown[];
  all: unknown[];
  next: number | undefined;
}

/** How a shop's API lists what was sold. */
export interface Listing {
  kind: ShopKind;
  host: string;
  settings: object;
  /** One sale of a number, as the list tells it. */
  sold: (n: number, at: string) => unknown;
  /** The name of that order at the receiver. */
  order: (n: number) => string;
  /** Which lists are asked for beside, and are empty. */
  isBeside?: (path: string) => boolean;
  /** Where the asked part begins. */
  start: (path: string, all: unknown[]) => number;
  answer: (part: Part) => { body: unknown; link?: string };
}

/** How many objects each page has. */
export const pageSize = 2;
const dataOf = (event: Json) => event.data as Json;
const asked = (path: string, name: string) => new URLSearchParams(path.split("?")[1]).get(name);
/** Behind the object of an id. */
const behind = (all: unknown[], id: string | null, member: string) =>
  id === null ? 0 : all.findIndex((one) => (one as Json)[member] === id) + 1;
const pageStart = (name: string) => (path: string) => (Number(asked(path, name) ?? 1) - 1) * pageSize;

/** The seven shops whose lists are tried; WooCommerce has trials of its own. */
export const listings: Listing[] = [
  {
    kind: "stripe",
    host: "https://api.stripe.com",
    settings: { api: { token: "rk_1" } },
    sold: (n, at) =>
      stripeCheckoutCompleted({
        id: `cs_${n}`,
        eventId: `evt_${n}`,
        paymentIntent: `pi_${n}`,
        createdSeconds: Date.parse(at) / 1000,
      }),
    order: (n) => `cs_${n}`,
    isBeside: (path) => path.includes("line_items"),
    start: (path, all) => behind(all, asked(path, "starting_after"), "id"),
    answer: ({ told, next }) => ({ body: { data: told, has_more: next !== undefined } }),
  },
  {
    kind: "paddle",
    host: "https://api.paddle.com",
    settings: { api: { token: "pdl_live_1" } },
    sold: (n, at) => paddleTransactionCompleted({ id: `txn_${n}`, eventId: `evt_${n}`, occurredAt: at }),
    order: (n) => `txn_${n}`,
    start: (path, all) => behind(all, asked(path, "after"), "event_id"),
    answer: ({ told, next }) => ({
      body: { data: told, meta: { pagination: { has_more: next !== undefined, next: null } } },
    }),
  },
  {
    kind: "polar",
    host: "https://api.polar.sh",
    settings: { api: { token: "polar_1" } },
    sold: (n, at) =>
      dataOf(polarOrderPaid({ id: `o_${n}`, more: { created_at: at, checkout_id: `c_${n}` } })),
    order: (n) => `o_${n}`,
    isBeside: (path) => path.startsWith("/v1/refunds/"),
    start: pageStart("page"),
    answer: ({ told, all }) => ({
      body: {
        items: told,
        pagination: { total_count: all.length, max_page: Math.ceil(all.length / pageSize) },
      },
    }),
  },
  {
    kind: "lemon-squeezy",
    host: "https://api.lemonsqueezy.com",
    settings: { api: { token: "lemon_1" } },
    sold: (n, at) => dataOf(lemonOrderCreated({ id: `${n}`, at })),
    order: (n) => `${n}`,
    isBeside: (path) => !path.startsWith("/v1/orders?"),
    start: pageStart("page[number]"),
    answer: ({ told, all }) => ({
      body: {
        data: told,
        meta: { page: { currentPage: 1, lastPage: Math.ceil(all.length / pageSize), total: all.length } },
      },
    }),
  },
  {
    kind: "shopify",
    host: "https://acme.myshopify.com",
    settings: { api: { url: "https://acme.myshopify.com", token: "shpat_1" } },
    sold: (n, at) => shopifyOrderPaid({ id: n, at }),
    order: (n) => `${n}`,
    isBeside: (path) => path.includes("disputes"),
    start: (path) => Number(asked(path, "page_info") ?? 0),
    answer: ({ told, next }) => ({
      body: { orders: told },
      ...(next === undefined
        ? {}
        : { link: `<https://acme.myshopify.com/x?page_info=${next}&limit=2>; rel="next"` }),
    }),
  },
  {
    kind: "chargebee",
    host: "https://acme.chargebee.com",
    settings: { user: "tallystick", api: { url: "https://acme.chargebee.com", key: "live_1" } },
    sold: (n, at) => ({
      event: chargebeePaymentSucceeded({
        invoice: `INV-${n}`,
        eventId: `ev_${n}`,
        occurredAtSeconds: Date.parse(at) / 1000,
      }),
    }),
    order: (n) => `INV-${n}`,
    start: (path) => Number(asked(path, "offset") ?? 0),
    answer: ({ told, next }) => ({
      body: { list: told, ...(next === undefined ? {} : { next_offset: `${next}` }) },
    }),
  },
  {
    kind: "gumroad",
    host: "https://api.gumroad.com",
    settings: { apiToken: "gumroad-1" },
    sold: (n, at) => gumroadSale({ id: `sale-${n}`, created_at: at }),
    order: (n) => `sale-${n}`,
    start: (path) => Number(asked(path, "page_key") ?? 0),
    answer: ({ told, next }) => ({
      body: { success: true, sales: told, ...(next === undefined ? {} : { next_page_key: `${next}` }) },
    }),
  },
];

/** What a list that is asked for beside has. */
export const emptyLists: Record<string, unknown> = {
  stripe: { data: [], has_more: false },
  polar: { items: [] },
  "lemon-squeezy": { data: [] },
  shopify: { disputes: [] },
};
