import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals a serial of a pool for its row: AES-256-GCM (NIST SP 800-38D) under a key made of the pepper, with the row's
 * hash as associated data, so that nobody can make one row give out another's serial.
 *
 * @returns nonce, ciphertext and tag
 */
export function sealPooledSerial(serial: string, hash: Uint8Array, key: KeyObject): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(hash);
  return Buffer.concat([nonce, cipher.update(serial, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `sealPooledSerial` sealed. Throws when it was changed, is another row's or of another pepper. */
export function openPooledSerial(sealed: Uint8Array, hash: Uint8Array, key: KeyObject): string {
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(hash).setAuthTag(sealed.subarray(-tagBytes));
  return decipher.update(sealed.subarray(nonceBytes, -tagBytes), undefined, "utf8") + decipher.final("utf8");
}
