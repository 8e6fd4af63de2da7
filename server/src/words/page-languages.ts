/** The languages that the receiver's pages speak, by BCP 47 tag, the usual one first. */
export const pageLanguages = ["en", "de", "es", "fr", "it", "pt-BR", "pl", "ja", "zh-Hans", "ar"] as const;
