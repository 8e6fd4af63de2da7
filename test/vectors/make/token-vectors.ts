import { createPrivateKey, sign } from "node:crypto";

/** The published example of RFC 8037, appendix A. Ed25519 signatures have no randomness: the files stay the same. */
export const x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
const publishedKey = { kty: "OKP", crv: "Ed25519", x, d: "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A" };
const privateKey = createPrivateKey({ key: publishedKey, format: "jwk" });

const header = { alg: "Ed25519", typ: "attribution+jwt", kid: "2026-a" };
/** Claims that every rule accepts. */
export const claims = {
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

/** A token with good claims but for the changes. */
export const token = (claimChange: object = {}, headerChange: object = {}) =>
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

/** The order of the base point (RFC 8032, section 5.1). */
const order = 2n ** 252n + 27742317777372353535851937790883648493n;

/** The same signature with the order added to its number: what does not look at the number's size takes it. */
function malleate(good: string): string {
  const bytes = Buffer.from(good.slice(-86), "base64url");
  const number = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString("hex")}`) + order;
  Buffer.from(number.toString(16).padStart(64, "0"), "hex").reverse().copy(bytes, 32);
  return good.slice(0, -86) + bytes.toString("base64url");
}

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
      good("a batch of 64 code points", { batch: "🎨".repeat(64) }),
      good("a batch with a quotation mark", { batch: 'the "best"' }),
      good("an end in the last second that there is", { exp: 253402300799 }),
      good("a product and a partner of all characters", { sub: "9a.b_c-d" }),
      {
        name: "members in another order",
        token: signTexts(
          '{"typ":"attribution+jwt","kid":"2026-a","alg":"Ed25519"}',
          JSON.stringify({
            iat: claims.iat,
            jti: claims.jti,
            sub: claims.sub,
            aud: claims.aud,
            iss: claims.iss,
          }),
        ),
        accepted: claims,
      },
      good("issued five minutes ahead of the receiver's clock", { iat: 1795266300 }),
      refused("nothing", "", "token_missing"),
      refused("1,024 characters that are none", "a".repeat(1024), "token_malformed"),
      refused("1,025 characters", "a".repeat(1025), "token_too_long"),
      refused("two segments", token().split(".").slice(0, 2).join("."), "token_malformed"),
      refused("padding", `${token()}==`, "token_malformed"),
      refused("a line end", `${token()}\n`, "token_malformed"),
      refused("unused bits set in the header", token().replace(first, respell(first)), "token_malformed"),
      refused("a header of 4n + 1 characters", `aaaaa${token().slice(first.length)}`, "token_malformed"),
      refused("standard base64", token().replace(/[-_]/, "+"), "token_malformed"),
      refused("unused bits set", respell(token()), "token_malformed"),
      refused("a header that is a list", signTexts("[]", goodPayload), "token_header_refused"),
      refused("a header that is no JSON", signTexts("{", goodPayload), "token_header_refused"),
      refused(
        "a header member twice",
        signTexts(goodHeader.replace("{", '{"kid":"2026-b",'), goodPayload),
        "token_header_refused",
      ),
      refused("a header without kid", token({}, { kid: undefined }), "token_header_refused"),
      refused("a header before wrong claims", token({ sub: "" }, { alg: "none" }), "token_header_refused"),
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
      refused("white space in the claims", signTexts(goodHeader, `${goodPayload} `), "token_claims_refused"),
      refused(
        "a needless escape",
        signTexts(goodHeader, goodPayload.replace("north", "\\u006eorth")),
        "token_claims_refused",
      ),
      refused(
        "an escaped slash",
        signTexts(goodHeader, goodPayload.replace("https:/", "https:\\/")),
        "token_claims_refused",
      ),
      refused(
        "a time with an exponent",
        signTexts(goodHeader, goodPayload.replace("1795262400", "17952624e2")),
        "token_claims_refused",
      ),
      refused(
        "a time with a point",
        signTexts(goodHeader, goodPayload.replace("1795262400", "1795262400.0")),
        "token_claims_refused",
      ),
      refused("a byte order mark", signTexts(goodHeader, `\ufeff${goodPayload}`), "token_claims_refused"),
      refused("claims that are a list", signTexts(goodHeader, "[]"), "token_claims_refused"),
      refused("claims without jti", token({ jti: undefined }), "token_claims_refused"),
      refused("an issuer of http", token({ iss: "http://renew.acme.example" }), "token_claims_refused"),
      refused("an issuer without a host", token({ iss: "https:///x" }), "token_claims_refused"),
      refused("an issuer with a slash at its end", token({ iss: `${claims.iss}/` }), "token_claims_refused"),
      refused("an issuer with a user", token({ iss: "https://a@b.example" }), "token_claims_refused"),
      refused("an issuer in capitals", token({ iss: "https://Renew.acme.example" }), "token_claims_refused"),
      refused("an issuer with a query", token({ iss: `${claims.iss}?a` }), "token_claims_refused"),
      refused(
        "an issuer of 257 characters",
        token({ iss: `https://${"a".repeat(249)}` }),
        "token_claims_refused",
      ),
      refused("a time that is true", token({ iat: true }), "token_claims_refused"),
      refused("a time after the last second", token({ iat: 253402300800 }), "token_claims_refused"),
      refused("an end after the last second", token({ exp: 253402300800 }), "token_claims_refused"),
      refused("an end that is null", token({ exp: null }), "token_claims_refused"),
      refused("an empty batch", token({ batch: "" }), "token_claims_refused"),
      refused("a batch of 65 code points", token({ batch: "b".repeat(65) }), "token_claims_refused"),
      refused("half a surrogate pair in a batch", token({ batch: "a\ud800" }), "token_claims_refused"),
      refused("a batch that turns the direction", token({ batch: "a\u202eb" }), "token_claims_refused"),
      refused("a batch with DEL", token({ batch: "a\u007f" }), "token_claims_refused"),
      refused(
        "a member called __proto__",
        signTexts(goodHeader, goodPayload.replace("{", '{"__proto__":1,')),
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
      refused("a signature with the order added", malleate(token()), "token_signature_invalid"),
      refused("another issuer", token({ iss: "https://renew.acme.example/eu" }), "token_issuer_mismatch"),
      refused("the issuer with its usual port", token({ iss: `${claims.iss}:443` }), "token_issuer_mismatch"),
      refused("an issuer on loopback", token({ iss: "http://127.0.0.1:8787" }), "token_issuer_mismatch"),
      refused("another product", token({ aud: "acme-draw" }), "token_product_mismatch"),
      refused("issued later than five minutes ahead", token({ iat: 1795266301 }), "token_not_yet_valid"),
      refused("ended at this second", token({ exp: 1795266000 }), "token_expired"),
    ],
  };
}
