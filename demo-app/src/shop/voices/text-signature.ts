import { createHmac, randomBytes } from "node:crypto";

/** HMAC-SHA-256 over a text: what most shops sign their deliveries with. */
export const signText = (secret: string | Uint8Array, text: string, encoding: "hex" | "base64"): string =>
  createHmac("sha256", secret).update(text).digest(encoding);

/** A secret that is used as it stands, in whatever prefix the shop gives its own. */
export const newTextSecret = (prefix = ""): string => `${prefix}${randomBytes(24).toString("base64url")}`;

/** The time in whole seconds, as most signatures carry it. */
export const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** The headers of Standard Webhooks: https://github.com/standard-webhooks/standard-webhooks */
export function standardHeaders(
  key: Uint8Array,
  { id, text }: { id: string; text: string },
): Record<string, string> {
  const timestamp = String(nowSeconds());
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signText(key, `${id}.${timestamp}.${text}`, "base64")}`,
  };
}
