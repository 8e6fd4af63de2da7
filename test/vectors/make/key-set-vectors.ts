import { x } from "./token-vectors.ts";

const jwk = { kty: "OKP", crv: "Ed25519", x, kid: "2026-a" };
const taken = (name: string, keys: object[], kids: string[]) => ({ name, set: { keys }, kids });
const refused = (name: string, set: unknown, code: string) => ({ name, set, code });
const ofHex = (hex: string) => ({ ...jwk, x: Buffer.from(hex, "hex").toString("base64url") });
const [zeros, ones] = ["00".repeat(30), "ff".repeat(30)];

/** The eight points of low order, in all the spellings that 32 bytes allow. */
const lowOrder = [
  `00${zeros}00`,
  `00${zeros}80`,
  `01${zeros}00`,
  `01${zeros}80`,
  `ec${ones}7f`,
  `ec${ones}ff`,
  `ed${ones}7f`,
  `ed${ones}ff`,
  `ee${ones}7f`,
  `ee${ones}ff`,
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
];

/** Key sets: the key ids that can be found afterwards, or why the set is refused. */
export const makeKeySetVectors = () => ({
  about:
    "Reading `set` gives the `kids` that may be looked up, or a refusal `code`. See PROTOCOL.md, section 2.",
  vectors: [
    taken("one key", [jwk], ["2026-a"]),
    taken("members that are not known", [{ ...jwk, alg: "EdDSA", use: "sig", note: 1 }], ["2026-a"]),
    taken("a key of another kty", [{ kty: "RSA", n: "AQ", e: "AQAB" }, jwk], ["2026-a"]),
    taken("a kty that nobody knows, with the same kid", [{ kty: "AKP", kid: "2026-a" }, jwk], ["2026-a"]),
    taken(
      "a key of another curve",
      [
        { ...jwk, crv: "X25519" },
        { ...jwk, kid: "b" },
      ],
      ["b"],
    ),
    taken("no key", [], []),
    refused("no list", {}, "keys_malformed"),
    refused("a key that is a text", { keys: ["k"] }, "keys_malformed"),
    refused("a key without kty", { keys: [{ kid: "k" }] }, "keys_malformed"),
    refused("a private key", { keys: [{ ...jwk, d: x }] }, "key_private"),
    refused("a private key of another kind", { keys: [{ kty: "RSA", d: "AQ" }] }, "key_private"),
    refused("a secret key", { keys: [{ kty: "oct", k: "AQ" }] }, "key_private"),
    refused("a kid with a space", { keys: [{ ...jwk, kid: "a b" }] }, "key_id_refused"),
    refused("no kid", { keys: [{ ...jwk, kid: undefined }] }, "key_id_refused"),
    refused("a kid twice", { keys: [jwk, jwk] }, "key_id_repeated"),
    refused("another algorithm", { keys: [{ ...jwk, alg: "RS256" }] }, "key_refused"),
    refused("another use", { keys: [{ ...jwk, use: "enc" }] }, "key_refused"),
    refused("31 bytes", { keys: [{ ...jwk, x: x.slice(0, 42) }] }, "key_refused"),
    refused("unused bits set", { keys: [{ ...jwk, x: `${x.slice(0, -1)}p` }] }, "key_refused"),
    refused("a y that is not below the prime", { keys: [ofHex(`f0${ones}7f`)] }, "key_refused"),
    ...lowOrder.map((hex) => refused(`of low order: ${hex}`, { keys: [ofHex(hex)] }, "key_refused")),
  ],
});
