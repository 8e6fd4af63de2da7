import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals a text for the row that keeps it: AES-256-GCM (NIST SP 800-38D) under a key made of the pepper, with what names
 * the row as associated data, so that nobody can make one row give out what another holds.
 *
 * @returns nonce, ciphertext and tag
 */
export function sealText(text: string, row: Uint8Array, key: KeyObject): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(row);
  return Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `sealText` sealed. Throws when it was changed, is another row's or of another pepper. */
export function openSealed(sealed: Uint8Array, row: Uint8Array, key: KeyObject): string {
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(row).setAuthTag(sealed.subarray(-tagBytes));
  return decipher.update(sealed.subarray(nonceBytes, -tagBytes), undefined, "utf8") + decipher.final("utf8");
}

/** What a list shows in the place of a text that does not open: a row that was changed by hand hides none of the others. */
export const unopened = "(cannot be opened)";

/** Opens what `sealText` sealed, and gives undefined where `openSealed` throws. */
export function openIfSound(sealed: Uint8Array, row: Uint8Array, key: KeyObject): string | undefined {
  try {
    return openSealed(sealed, row, key);
  } catch {
    return undefined;
  }
}
