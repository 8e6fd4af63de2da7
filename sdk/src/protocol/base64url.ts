const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * Whether a segment of base64url characters re-encodes to itself (RFC 4648, section 3.5): a length that
 * encoding can produce, and unused bits of the last character all zero. Without this one token has several
 * spellings, and a list of seen tokens could be walked around.
 */
export function isCanonicalBase64url(segment: string): boolean {
  const rest = segment.length % 4;
  if (rest === 0) return true;
  if (rest === 1) return false;
  const unusedBits = rest === 2 ? 0b1111 : 0b11;
  return (alphabet.indexOf(segment.charAt(segment.length - 1)) & unusedBits) === 0;
}

/** Decodes canonical base64url to text; throws on anything that is not well-formed UTF-8. */
export function decodeBase64urlText(segment: string): string {
  const binary = atob(segment.replaceAll("-", "+").replaceAll("_", "/"));
  if (!/[\x80-\xff]/.test(binary)) return binary; // ASCII, as nearly every token is: no decoder is set up.
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}
