/** How long a code may be. */
export const maxCouponLength = 64;

/** One spelling for all that a buyer may type: NFC, trimmed, upper case. `ß` becomes `SS`, as Unicode has it. */
export const normalizeCoupon = (code: string): string =>
  code.normalize("NFC").trim().toUpperCase().normalize("NFC");
