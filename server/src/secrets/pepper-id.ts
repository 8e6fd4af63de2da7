import { hmac } from "@noble/hashes/hmac";
import { sha256 } from "@noble/hashes/sha2";

/**
 * Tells one pepper from another, and nothing of either: 72 bits of HMAC-SHA-256 (RFC 2104). Every command compares it with
 * the database's, and most need no other hash, so it is not made by Node's crypto, which takes longer to load than all else
 * that they do with a database. It keeps no secret: whoever has the pepper is trusted, and no other text is hashed here.
 */
export const pepperIdOf = (pepper: string): string =>
  Buffer.from(hmac(sha256, Buffer.from(pepper, "utf8"), Buffer.from("tallystick pepper\0id", "utf8")))
    .toString("base64url")
    .slice(0, 12);
