import type { PublicJwk } from "../protocol/index.ts";
import { requireBuiltIn } from "../runtime/built-in.ts";

/**
 * Whether Node's own Ed25519 confirms a token whose shape is right (its last 64 bytes sign what stands before the
 * second dot: RFC 7515, section 5.2). For the stored token, at every start: jose needs WebCrypto, whose first use
 * takes longer and starts four threads. `false` is no refusal, such as in a Node built without it: jose judges then.
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
