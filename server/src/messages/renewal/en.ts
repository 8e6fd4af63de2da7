// Made from server/messages/renewal/en.mf2 by test/messages/make-catalogues.ts.

/** English. */
export const texts = {
  unknown_title: "This renewal link leads nowhere",
  unknown_text:
    "The product in the link is not known here. The link may be incomplete, or older than the product's current name.",
  unknown_next: "Please open the renewal page from within the product, or ask whoever sold you the licence.",
} as const;
