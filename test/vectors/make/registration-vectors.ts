const boundAt = "2026-11-21T12:00:00.000Z";
const byToken = { product: "acme-paint", licence: "AAAA-BBBB", token: "a.b.c" };
const bySerial = { product: "acme-paint", serial: "paint 0001" };
const body = { product: "acme-paint", partner: "north-tools", status: "bound", boundAt };

/** What a receiver answers. */
export interface Answered {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const vector = (name: string, answer: Answered, result: object, request: object = byToken) => ({
  name,
  request,
  answer,
  result,
});
const bound = { code: "answered", partner: "north-tools", status: "bound", boundAt };
const again = { code: "again" };
const made = (change: object) => ({ status: 200, body: { ...body, ...change } });
const problem = (status: number, code: string) => ({ status, body: { code, status, title: "No" } });

/** Answers to a registration, and what a client makes of each. */
export const makeRegistrationVectors = () => ({
  about:
    "What a client makes of an `answer` to a `request`: `answered` with what it may use of it, `refused` for good, or `again`, not before `retryAfterSeconds` where they are given. See PROTOCOL.md, section 5.",
  vectors: [
    vector("bound", made({}), bound),
    vector("bound, with the licence's end", made({}), bound, {
      ...byToken,
      expiresAt: "2027-11-21T00:00:00.000Z",
    }),
    vector(
      "a serial with the licence's end",
      made({ token: "a.b.c" }),
      { ...bound, token: "a.b.c" },
      {
        ...bySerial,
        expiresAt: "2027-11-21",
      },
    ),
    vector("bound before", made({ status: "already_bound" }), { ...bound, status: "already_bound" }),
    vector("a conflict", made({ status: "conflict", partner: "south" }), {
      ...bound,
      status: "conflict",
      partner: "south",
    }),
    vector("a member that is not known", made({ colour: "red" }), bound),
    vector("a display name", made({ partnerName: "North Tools" }), { ...bound, partnerName: "North Tools" }),
    vector("a name of 200 code points", made({ partnerName: "🎨".repeat(200) }), {
      ...bound,
      partnerName: "🎨".repeat(200),
    }),
    vector("a name of 201 code points", made({ partnerName: "n".repeat(201) }), bound),
    vector("a name with a line end", made({ partnerName: "North\nTools" }), bound),
    vector("a name that turns the direction", made({ partnerName: "North\u202e" }), bound),
    vector("a name that is no text", made({ partnerName: 7 }), bound),
    vector("a token for a serial", made({ token: "a.b.c" }), { ...bound, token: "a.b.c" }, bySerial),
    vector(
      "a serial that nobody sold yet",
      made({ partner: null, status: "unassigned" }),
      { ...bound, partner: null, status: "unassigned" },
      bySerial,
    ),
    vector("no partner, and bound", made({ partner: null }), again),
    vector("another product", made({ product: "acme-draw" }), again),
    vector("a partner that is no id", made({ partner: "North Tools" }), again),
    vector("an unknown status", made({ status: "perhaps" }), again),
    vector("a time with an offset", made({ boundAt: "2026-11-21T13:00+01:00" }), {
      ...bound,
      boundAt: "2026-11-21T13:00+01:00",
    }),
    vector("a day that is none", made({ boundAt: "soon" }), again),
    vector("a day without a time", made({ boundAt: "2026-11-21" }), again),
    vector("a time without an offset", made({ boundAt: "2026-11-21T12:00:00" }), again),
    vector("30 February", made({ boundAt: "2026-02-30T12:00:00Z" }), again),
    vector("a time as other programs write it", made({ boundAt: "21 Nov 2026 12:00:00 GMT" }), again),
    vector("no time", made({ boundAt: undefined }), again),
    vector("no JSON", { status: 200, body: "<html>" }, again),
    vector("a list", { status: 200, body: [body] }, again),
    vector("201", { status: 201, body }, again),
    vector("204", { status: 204, body: null }, again),
    vector("a redirect", { status: 307, body: null, headers: { location: "https://evil.example" } }, again),
    vector("an unknown product", problem(404, "product_unknown"), {
      code: "refused",
      because: "product_unknown",
      status: 404,
    }),
    vector(
      "a serial that is none",
      problem(404, "serial_unknown"),
      { code: "refused", because: "serial_unknown", status: 404 },
      bySerial,
    ),
    vector("a revoked token", problem(422, "token_revoked"), {
      code: "refused",
      because: "token_revoked",
      status: 422,
    }),
    vector(
      "4xx without a problem document",
      { status: 403, body: "no" },
      {
        code: "refused",
        because: "http_403",
        status: 403,
      },
    ),
    vector("a code that is none", problem(400, "a b"), { code: "refused", because: "http_400", status: 400 }),
    vector("408", problem(408, "request_timeout"), again),
    vector(
      "429",
      { ...problem(429, "too_many_requests"), headers: { "retry-after": "30" } },
      { ...again, retryAfterSeconds: 30 },
    ),
    vector(
      "a wait of more than a day",
      { ...problem(503, "busy"), headers: { "retry-after": "999999" } },
      { ...again, retryAfterSeconds: 86_400 },
    ),
    vector(
      "a wait of twelve days",
      { ...problem(503, "busy"), headers: { "retry-after": "1036800" } },
      { ...again, retryAfterSeconds: 86_400 },
    ),
    vector(
      "a wait until a date",
      {
        ...problem(503, "busy"),
        headers: { date: "Sat, 21 Nov 2026 12:00:00 GMT", "retry-after": "Sat, 21 Nov 2026 12:01:00 GMT" },
      },
      { ...again, retryAfterSeconds: 60 },
    ),
    vector(
      "a wait that is none",
      { ...problem(500, "internal_error"), headers: { "retry-after": "soon" } },
      again,
    ),
  ],
});
