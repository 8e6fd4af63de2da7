import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals a serial so that only the one who asks again with the same key opens it: AES-256-GCM (NIST SP 800-38D),
 * base64url of nonce, ciphertext and tag.
 */
export function sealSerial(serial: string, key: Buffer): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
  const sealed = Buffer.concat([nonce, cipher.update(serial, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return sealed.toString("base64url");
}

/** Opens what was sealed; nothing when the key is another. */
export function openSerial(sealed: string, key: Buffer): string | undefined {
  const bytes = Buffer.from(sealed, "base64url");
  const [nonce, tag] = [bytes.subarray(0, nonceBytes), bytes.subarray(-tagBytes)];
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(tag);
  try {
    const serial = decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, "utf8");
    return serial + decipher.final("utf8");
  } catch {
    return undefined;
  }
}
