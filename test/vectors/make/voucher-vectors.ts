import type { Answered } from "./registration-vectors.ts";

const code = "7K3MQX8T0ABCDEFGHJ52";
const read = (name: string, typed: string, as: string | null = code) => ({ name, typed, code: as });

const serial = "PAINT-0000-0001";
const request = { product: "acme-paint", code, idempotencyKey: "A".repeat(22) };
const again = { code: "again" };
const made = (change: object) => ({
  status: 200,
  body: { product: "acme-paint", serial, partner: "north-tools", ...change },
});
const problem = (status: number, named: string) => ({ status, body: { code: named, status, title: "No" } });
const answered = (name: string, answer: Answered, result: object) => ({ name, request, answer, result });

/** Voucher codes as they are typed, answers, and idempotency keys. The check characters come from a table, not from the SDK. */
export const makeVoucherVectors = () => ({
  about:
    "Reading `typed` gives `code`, or null where it is none. An `answer` to a `request` comes to `result`, as in registrations. A `key` is an idempotency key or not. See PROTOCOL.md, section 8.",
  vectors: [
    read("as it is", code),
    read("as it is printed", "7K3M-QX8T-0ABC-DEFG-HJ52"),
    read("small letters", "7k3mqx8t0abcdefghj52"),
    read("O for 0", "7K3MQX8TOABCDEFGHJ52"),
    read("I and L for 1", "oi23456789abcdefghjt", "0123456789ABCDEFGHJT"),
    read("l for 1", "0l23456789ABCDEFGHJT", "0123456789ABCDEFGHJT"),
    read("spaces, dashes, dots and what is invisible", " 7K3M\u00a0QX8T\u2013 0ABC.DEFG_HJ52\u200b\n"),
    read("the last symbol of all", "ZZZZZZZZZZZZZZZZZZZT", "ZZZZZZZZZZZZZZZZZZZT"),
    read("nothing but zeros", "0".repeat(20), "0".repeat(20)),
    read("one behind zeros", "00000000000000000012", "00000000000000000012"),
    read("200 code units", code.padEnd(200)),
    read("201 code units", code.padEnd(201), null),
    read("a wrong character", "7K3MQX8T0ABCDEFGHJ53", null),
    read("two exchanged", "K73MQX8T0ABCDEFGHJ52", null),
    read("two exchanged far apart", "2K3MQX8T0ABCDEFGHJ57", null),
    read("U, which is no symbol", "7K3MQX8T0ABCDEFGHU52", null),
    read("19 characters", code.slice(1), null),
    read("21 characters", `0${code}`, null),
    read("a letter that becomes one in capitals", "7\u212a3MQX8T0ABCDEFGHJ52", null),
    read("a slash", "7K3M/QX8T0ABCDEFGHJ52", null),
    read("nothing", "", null),
  ],
  answers: [
    answered("a serial", made({}), { code: "answered", serial, partner: "north-tools" }),
    answered("a token", made({ token: "a.b.c" }), {
      code: "answered",
      serial,
      partner: "north-tools",
      token: "a.b.c",
    }),
    answered("a token that is no text", made({ token: 7 }), {
      code: "answered",
      serial,
      partner: "north-tools",
    }),
    answered("another product", made({ product: "acme-draw" }), again),
    answered("no serial", made({ serial: "" }), again),
    answered("a serial that is a number", made({ serial: 1 }), again),
    answered("no partner", made({ partner: null }), again),
    answered("201", { ...made({}), status: 201 }, again),
    answered("used", problem(409, "voucher_used"), { code: "refused", because: "voucher_used", status: 409 }),
    answered("unknown", problem(404, "voucher_unknown"), {
      code: "refused",
      because: "voucher_unknown",
      status: 404,
    }),
    answered(
      "too many",
      { ...problem(429, "too_many_requests"), headers: { "retry-after": "60" } },
      { ...again, retryAfterSeconds: 60 },
    ),
    answered("busy", problem(503, "busy"), again),
  ],
  keys: [
    { key: "A".repeat(22), accepted: true },
    { key: "-_".repeat(32), accepted: true },
    { key: "A".repeat(21), accepted: false },
    { key: "A".repeat(65), accepted: false },
    { key: `${"A".repeat(22)}=`, accepted: false },
    { key: `${"A".repeat(22)}\n`, accepted: false },
  ],
});
