import { randomBytes } from "node:crypto";
import type { Hashes } from "../secrets/hashes.ts";
import { openSealed, sealText } from "../secrets/seal.ts";

/** 256 bits: what HMAC-SHA-256 can use. */
const secretBytes = 32;

/** A new secret as Standard Webhooks writes one: `whsec_` and base64. */
export const makeWebhookSecret = (): string => `whsec_${randomBytes(secretBytes).toString("base64")}`;

/** Seals a secret for its destination's row: AES-256-GCM, so that a stolen database signs nothing. */
export const sealWebhookSecret = (
  secret: string,
  destination: string,
  { webhookSecretKey }: Hashes,
): Buffer => sealText(secret, Buffer.from(destination), webhookSecretKey);

/** Opens what `sealWebhookSecret` sealed. Throws when it is another destination's or of another pepper. */
export const openWebhookSecret = (
  sealed: Uint8Array,
  destination: string,
  { webhookSecretKey }: Hashes,
): string => openSealed(sealed, Buffer.from(destination), webhookSecretKey);
