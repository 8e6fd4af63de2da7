import { type KeySet, type ParsedToken, type PublicJwk, parseToken } from "../protocol/index.ts";
import { requireBuiltIn } from "../runtime/built-in.ts";

/**
 * Whether Node's own Ed25519 confirms a token whose shape is right (its last 64 bytes sign what stands before the
 * second dot: RFC 7515, section 5.2). jose needs WebCrypto, whose first use takes longer and starts four threads.
 * `false` is no refusal, such as in a Node built without it: jose judges then.
 */
export function isSignedBy(token: string, key: PublicJwk | undefined): boolean {
  try {
    const { verify } = requireBuiltIn("node:crypto") as typeof import("node:crypto");
    const [signed, signature] = [
      Buffer.from(token.slice(0, -87)),
      Buffer.from(token.slice(-86), "base64url"),
    ];
    return key !== undefined && verify(null, signed, { key, format: "jwk" }, signature);
  } catch {
    return false;
  }
}

/**
 * Shape, key and signature of a token. jose is loaded only when Node's own Ed25519 does not confirm it: it weighs a
 * third of the client, and a good token never needs it. Never throws.
 */
export async function judgeSignature(token: string, keys: KeySet): Promise<ParsedToken> {
  const parsed = parseToken(token);
  if (!parsed.ok || isSignedBy(token, keys.jwk(parsed.kid))) return parsed;
  if (keys.jwk(parsed.kid) === undefined) return { ok: false, code: "token_key_unknown" };
  try {
    const { verifySignature } = await import("@tallystick/sdk/protocol");
    return await verifySignature(token, keys);
  } catch {
    return { ok: false, code: "token_signature_invalid" };
  }
}
