import fc from "fast-check";
import { adminToken } from "./open-app.ts";

/** Text as attackers write it: odd escapes, control characters, half surrogates, paths that climb. */
export const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "binary-ascii", maxLength: 60 }),
  fc.constantFrom(
    ...["%", "%ff", "%00", "%2e%2e%2f", "..", "//", "%c0%ae", "__proto__", "constructor", "toString"],
    ...["\ud800", "\udfff\ud800", "'--", "%F0%9F", "\u202e", "\ufeff", "9".repeat(400)],
  ),
);

/** Odd text in one case of ten, or else what the receiver hopes for: with more, no request were odd in one place only. */
const mostly = <T>(...hoped: readonly T[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...hoped) }, { weight: 1, arbitrary: oddText });

/** Text as it may stand in a request's first line: what may not is escaped. */
export const inAddress = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^!-~]/gu, (character) => encodeURIComponent(character))
    .replace(/[?#]/g, "%3F");

const paths = fc.constantFrom(
  ...["/r/", "/r/acme-paint", "/webhooks/", "/webhooks/own", "/webhooks/stripe", "/v1/registrations"],
  ...["/v1/partners", "/v1/partners/", "/v1/tokens", "/v1/tokens/verify", "/v1/tokens/", "/v1/orders"],
  ...["/d/acme-paint/", "/d/acme-paint/north/", "/voucher/", "/register/", "/v1/coupons/", "/v1/partner/"],
  ...["/v1/voucher-batches", "/v1/voucher-batches/", "/v1/serial-batches/", "/v1/partner-keys/"],
  ...["/v1/orders/own/", "/v1/orders/", "/v1/ledger/balances", "/v1/ledger/verify", "/v1/ledger/export"],
  ...[
    "/v1/keys",
    "/.well-known/jwks.json",
    "/healthz",
    "/readyz",
    "/metrics",
    "/openapi.json",
    "/docs",
    "/docs/",
    "/",
  ],
);

const query = fc.array(
  fc.tuple(
    fc.constantFrom(
      "k",
      "p",
      "x",
      "s",
      "product",
      "dryRun",
      "t",
      "l",
      "e",
      "since",
      "after",
      "limit",
      "format",
      "outcome",
      "partner",
      "__proto__",
    ),
    mostly("1", "csv", "credited", "2026-01-01"),
  ),
  { maxLength: 3 },
);

/** The path and query of an address, escaped. */
export const targets = fc.tuple(paths, mostly("", "", "", "north"), query).map(([path, rest, pairs]) => {
  const search = pairs.map(([name, value]) => `${name}=${inAddress(value)}`).join("&");
  return `${path}${inAddress(rest)}${search === "" ? "" : `?${search}`}`;
});

const headerNames = fc.constantFrom(
  ...["content-type", "accept", "user-agent", "purpose", "if-none-match", "stripe-signature", "webhook-id"],
  ...["webhook-timestamp", "webhook-signature", "authorization", "x-forwarded-for", "range", "upgrade", "te"],
);

/** Headers, a good Authorization among them now and then. */
export const headers = fc.array(
  fc.oneof(
    fc.constant(["authorization", `Bearer ${adminToken}`] as const),
    fc.constant(["content-type", "application/json"] as const),
    fc.tuple(headerNames, mostly("text/html", "websocket", "v1,", "t=1,v1=00", "*", "msg_1")),
  ),
  { maxLength: 5 },
);

const partner = fc.record(
  {
    id: mostly("north", "south", "a", "b"),
    name: mostly("North", "Süd", "\u{1f600}"),
    kind: mostly("reseller", "affiliate"),
    parent: mostly("north"),
    percent: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(0, 12.5, 100) },
      { weight: 1, arbitrary: fc.oneof(fc.double(), fc.jsonValue()) },
    ),
    email: mostly("a@b.example", "ä@ö.example"),
    sharing: mostly("none", "full"),
  },
  { requiredKeys: ["id", "name"] },
);
const tokenOrder = fc.record(
  {
    partner: mostly("north"),
    product: mostly("acme-paint"),
    batch: mostly("spring", "春"),
    expiresAt: mostly("2030-01-01", "2030-01-01T00:00:00+01:00", "9999-12-31", "0000-01-01", "2030-02-30"),
  },
  { requiredKeys: ["partner", "product"] },
);
const registration = fc.record({
  product: mostly("acme-paint"),
  licence: mostly("AAAA-1"),
  token: mostly("a.b.c", ".."),
});
const tokenToVerify = fc.record({ token: mostly("a.b.c", "e30.e30.AAAA") });

const postTo = (path: string, body: fc.Arbitrary<unknown>) =>
  fc.tuple(
    fc.constant(path),
    body.map((value) => JSON.stringify(value)),
  );

/** A JSON route and a body that is right for it, or nearly. */
export const jsonPosts = fc.oneof(
  postTo("/v1/partners", partner),
  postTo("/v1/tokens", tokenOrder),
  postTo("/v1/tokens/verify", tokenToVerify),
  postTo("/v1/registrations", registration),
  postTo("/v1/partners", fc.jsonValue({ maxDepth: 5 })),
);

const moment = mostly("2030-01-01", "2026-01-01T00:00:00+01:00", "9999-12-31T23:59:59-23:59", "0000-01-01");
const products = mostly("acme-paint", "acme-draw");
const coupon = fc.record(
  {
    code: mostly("NORTH10", "ß", "10%", "a/b"),
    partner: mostly("north"),
    products: fc.array(products, { maxLength: 3 }),
    validFrom: moment,
    validUntil: moment,
  },
  { requiredKeys: ["code", "partner"] },
);
const voucherOrder = fc.record(
  {
    partner: mostly("north"),
    product: products,
    count: mostly(1, 3, 0, -1, 1e9, 1.5),
    batch: mostly("b-1", "b-2"),
    expiresAt: moment,
  },
  { requiredKeys: ["partner", "product", "count"] },
);
const redemption = fc.record(
  {
    product: products,
    code: mostly("7K3M-QX8T-0ABC-DEFG-HJ5P", "7K3M", "ı".repeat(20)),
    idempotencyKey: mostly("a".repeat(22), "a".repeat(21)),
  },
  { requiredKeys: ["product", "code"] },
);
const serial = fc.record(
  { product: products, serial: mostly("AAAA-1", "1".repeat(64)), licence: mostly("L-1") },
  { requiredKeys: ["product", "serial"] },
);
const emailList = fc.record(
  {
    emails: fc.array(mostly("a@b.example", "ä@ö.example", "=1@b.example", "a@[127.0.0.1]"), { maxLength: 5 }),
    product: products,
    consent: fc.record({ version: mostly("v1", "v 1"), givenAt: moment }),
  },
  { requiredKeys: ["emails"] },
);
const ruling = fc.record({
  partner: fc.oneof(mostly("north"), fc.constant(null)),
  note: mostly("as agreed"),
});

/** The admin routes of every other way of selling, and the open ones, with bodies that are nearly right. */
export const sellingPosts = fc.oneof(
  postTo("/v1/coupons", coupon),
  postTo("/v1/voucher-batches", voucherOrder),
  postTo("/v1/voucher-batches/b-1/revoke", fc.constant({})),
  postTo("/v1/vouchers/redeem", redemption),
  postTo("/v1/registrations", serial),
  postTo("/v1/orders/own/1/resolution", ruling),
  postTo("/v1/partners/north/keys", fc.record({ name: mostly("shop") })),
);

/** A partner's own routes: method, path, media type and body. */
export const partnerRequests = fc.oneof(
  fc.tuple(
    fc.constant("POST"),
    mostly("", "?product=acme-paint", "?dryRun=true").map(
      (query) => `/v1/partner/registered-emails${safe(query)}`,
    ),
    mostly("text/csv", "text/csv; charset=utf-8", "application/json"),
    fc.oneof(
      emailList.map((list) => JSON.stringify(list)),
      fc
        .array(
          fc.array(mostly("a@b.example", '"', '""', "v1", "2026-01-01", "acme-paint"), { maxLength: 4 }),
          {
            maxLength: 4,
          },
        )
        .map((rows) => rows.map((row) => row.join(",")).join("\n")),
      oddText,
    ),
  ),
  fc.tuple(
    fc.constant("DELETE"),
    fc.constant("/v1/partner/registered-emails"),
    fc.constant("application/json"),
    fc.record({ email: mostly("a@b.example") }).map((body) => JSON.stringify(body)),
  ),
  fc.tuple(
    fc.constant("POST"),
    fc.constant("/v1/partner/form-links"),
    mostly("application/json", "Application/JSON"),
    fc
      .record({ product: products, expiresAt: moment }, { requiredKeys: [] })
      .map((body) => JSON.stringify(body)),
  ),
);

/** What a form sends, well made or not. */
export const formBodies = fc.oneof(
  fc
    .record({
      code: mostly("7K3M-QX8T-0ABC-DEFG-HJ5P"),
      key: mostly("a".repeat(22)),
      email: oddText,
      consent: oddText,
    })
    .map((fields) =>
      Object.entries(fields)
        .map(([name, text]) => `${name}=${inAddress(text)}`)
        .join("&"),
    ),
  oddText,
);

const safe = (query: string) => (query.startsWith("?") ? query : `?product=${inAddress(query)}`);

const bodies = jsonPosts.map(([, body]) => body);

/** Bodies of every kind, most of them wrong as a whole. */
export const oddBodies = fc.oneof(
  bodies,
  fc.constant(""),
  oddText,
  bodies.map((text) => text.slice(0, -1)),
  bodies.map((text) => text.replace("{", '{"__proto__":{"polluted":true},')),
  fc.nat({ max: 100_000 }).map((depth) => "[".repeat(depth)),
);

/** The members of a purchase of the vendor's own shop, all odd or only a few. */
export const purchaseMembers = fc.record(
  {
    order: fc.oneof(oddText, fc.uuid()),
    product: mostly("acme-paint"),
    netMinor: fc.oneof(fc.constantFrom(100, 0, 2 ** 53 - 20), fc.integer(), fc.double()),
    taxMinor: fc.oneof(fc.constantFrom(19, 0), fc.integer()),
    currency: mostly("EUR", "eur", "JPY"),
    customer: fc.oneof(fc.record({ email: oddText }), fc.constant(null)),
    licence: oddText,
    reference: oddText,
    coupon: oddText,
    subscription: fc.oneof(fc.uuid(), oddText),
    paidAt: mostly("2026-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"),
  },
  { requiredKeys: ["order", "netMinor", "taxMinor", "currency", "paidAt"] },
);
