/** How long a code may be. */
export const maxCouponLength = 64;

/** One spelling for all that a buyer may type: NFC, trimmed, upper case. `ß` becomes `SS`, as Unicode has it. */
export const normalizeCoupon = (code: string): string =>
  code.normalize("NFC").trim().toUpperCase().normalize("NFC");

/**
 * Codes as an order keeps them, readable, one a line, each once. They are sorted, so that it makes no difference in
 * which order two events of one sale told them. No code has a line break: `couponClaims` sees to it.
 */
export const couponText = (codes: readonly string[]): string | null =>
  codes.length === 0 ? null : [...new Set(codes)].sort().join("\n");

/** The codes that a text of `couponText` holds. */
export const couponsIn = (text: string | null): readonly string[] => text?.split("\n") ?? [];
