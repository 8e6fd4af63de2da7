/**
 * Makes the protocol's test vectors: `node test/vectors/make-vectors.ts` writes the JSON files beside it.
 *
 * It uses nothing of the SDK, so that the vectors check the SDK and not themselves. Ed25519 signatures have no
 * randomness: the files come out the same every time. The key is the published example of RFC 8037, appendix A.
 */
import { createPrivateKey, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
const publishedKey = { kty: "OKP", crv: "Ed25519", x, d: "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A" };
const privateKey = createPrivateKey({ key: publishedKey, format: "jwk" });

const header = { alg: "Ed25519", typ: "attribution+jwt", kid: "2026-a" };
const claims = {
  iss: "https://renew.acme.example",
  aud: "acme-paint",
  sub: "north-tools",
  jti: "01JD8ZQ4J6W2",
  iat: 1795262400,
};
const expected = { issuer: claims.iss, product: claims.aud, nowMs: 1795266000000 };
const encode = (text: string) => Buffer.from(text).toString("base64url");

function signTexts(headerText: string, payloadText: string): string {
  const input = `${encode(headerText)}.${encode(payloadText)}`;
  return `${input}.${sign(null, Buffer.from(input), privateKey).toString("base64url")}`;
}

const token = (claimChange: object = {}, headerChange: object = {}) =>
  signTexts(JSON.stringify({ ...header, ...headerChange }), JSON.stringify({ ...claims, ...claimChange }));

/** The same token with the unused bits of the last character set: decodes to the same bytes. */
function respell(good: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return good.slice(0, -1) + alphabet.charAt(alphabet.indexOf(good.slice(-1)) + 1);
}

const good = (name: string, change: object = {}, headerChange: object = {}) => ({
  name,
  token: token(change, headerChange),
  accepted: { ...claims, ...change },
});
const refused = (name: string, text: string, code: string) => ({ name, token: text, code });

/** Tokens and what becomes of each. */
export function makeTokenVectors() {
  const [goodHeader, goodPayload] = [JSON.stringify(header), JSON.stringify(claims)];
  const [first = "", , last = ""] = token().split(".");
  return {
    about:
      "Expect `accepted` claims or a refusal `code` for each token, under `keys` and `expected`. See PROTOCOL.md.",
    keys: { keys: [{ kty: "OKP", crv: "Ed25519", x, kid: "2026-a", alg: "Ed25519", use: "sig" }] },
    expected,
    vectors: [
      good("plain"),
      good("older name of the algorithm", {}, { alg: "EdDSA" }),
      good("with an end and a batch", { exp: 1795266001, batch: "Frühjahr 2027" }),
      good("issued five minutes ahead of the receiver's clock", { iat: 1795266300 }),
      refused("nothing", "", "token_missing"),
      refused("1,025 characters", "a".repeat(1025), "token_too_long"),
      refused("two segments", token().split(".").slice(0, 2).join("."), "token_malformed"),
      refused("padding", `${token()}==`, "token_malformed"),
      refused("a line end", `${token()}\n`, "token_malformed"),
      refused("unused bits set", respell(token()), "token_malformed"),
      refused("no algorithm", token({}, { alg: "none" }), "token_header_refused"),
      refused("another algorithm", token({}, { alg: "HS256" }), "token_header_refused"),
      refused("another type", token({}, { typ: "JWT" }), "token_header_refused"),
      refused("a key of its own", token({}, { jwk: { kty: "OKP" } }), "token_header_refused"),
      refused("a key's address", token({}, { jku: "https://evil.example/keys" }), "token_header_refused"),
      refused("critical extensions", token({}, { crit: ["b64"], b64: true }), "token_header_refused"),
      refused(
        "white space in the header",
        signTexts(goodHeader.replace(",", ", "), goodPayload),
        "token_header_refused",
      ),
      refused(
        "a member twice",
        signTexts(goodHeader, goodPayload.replace("{", '{"sub":"thief",')),
        "token_claims_refused",
      ),
      refused("an unknown claim", token({ role: "admin" }), "token_claims_refused"),
      refused("a list of products", token({ aud: ["acme-paint"] }), "token_claims_refused"),
      refused("a partner in capitals", token({ sub: "North" }), "token_claims_refused"),
      refused("a fractional time", token({ iat: 1795262400.5 }), "token_claims_refused"),
      refused("an end before the beginning", token({ exp: 1795262400 }), "token_claims_refused"),
      refused("a batch with a line end", token({ batch: "a\nb" }), "token_claims_refused"),
      refused("an unknown key", token({}, { kid: "2025-a" }), "token_key_unknown"),
      refused(
        "changed claims",
        `${first}.${encode(goodPayload.replace("north", "south"))}.${last}`,
        "token_signature_invalid",
      ),
      refused("another issuer", token({ iss: "https://renew.acme.example/" }), "token_issuer_mismatch"),
      refused("another product", token({ aud: "acme-draw" }), "token_product_mismatch"),
      refused("issued later than five minutes ahead", token({ iat: 1795266301 }), "token_not_yet_valid"),
      refused("ended at this second", token({ exp: 1795266000 }), "token_expired"),
    ],
  };
}

/** Renewal links, and what is read of them. */
export function makeLinkVectors() {
  const receiver = "https://renew.acme.example";
  const base = `${receiver}/r/acme-paint`;
  const parts = { receiver, product: "acme-paint" };
  return {
    about: "Write `parts` as `link`; read the query of `link` as `read`. See PROTOCOL.md.",
    vectors: [
      { parts, link: base, read: {} },
      { parts: { ...parts, token: "a.b-c._d" }, link: `${base}?t=a.b-c._d`, read: { token: "a.b-c._d" } },
      {
        parts: { ...parts, licence: "AAAA BBBB+1&x=ü", email: "ada+work@example.com" },
        link: `${base}?l=AAAA%20BBBB%2B1%26x%3D%C3%BC&e=ada%2Bwork%40example.com`,
        read: { licence: "AAAA BBBB+1&x=ü", email: "ada+work@example.com" },
      },
      {
        parts: { ...parts, receiver: "https://acme.example/renew/", licence: "A" },
        link: "https://acme.example/renew/r/acme-paint?l=A",
        read: { licence: "A" },
      },
      { parts: { ...parts, licence: "l".repeat(257), email: "e".repeat(321) }, link: base, read: {} },
      { parts: { ...parts, licence: "a\u0000b" }, link: base, read: {} },
    ],
  };
}

/** The files' names and contents. */
export const vectorFiles = { "tokens.json": makeTokenVectors, "links.json": makeLinkVectors };

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const [name, make] of Object.entries(vectorFiles)) {
    writeFileSync(new URL(name, import.meta.url), `${JSON.stringify(make(), null, 2)}\n`);
  }
}
