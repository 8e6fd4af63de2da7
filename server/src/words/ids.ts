declare const brand: unique symbol;
/** A text that was checked to be an id of one kind, and is taken for no other. */
export type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A partner's id as the vendor chose it, `[a-z0-9][a-z0-9._-]{0,63}`. */
export type PartnerId = Branded<"PartnerId">;
/** A product's id from the configuration, same alphabet as a partner's. */
export type ProductId = Branded<"ProductId">;
/** The name of a shop in the configuration, also the last segment of its webhook address. */
export type ShopName = Branded<"ShopName">;
/** Any id a shop gave to a thing of its own: session, payment intent, invoice, charge, subscription. */
export type ProviderId = Branded<"ProviderId">;
/** The receiver's own name for an order, made when one of its provider ids is first seen. */
export type OrderKey = Branded<"OrderKey">;
/** A click's name that travels through the checkout, `[A-Za-z0-9_-]{1,64}`. */
export type Reference = Branded<"Reference">;
/** Keyed hash of a licence; the licence itself is never stored. */
export type LicenceHash = Branded<"LicenceHash">;
/** Keyed hash of a normalised e-mail address; the address itself is never stored. */
export type EmailHash = Branded<"EmailHash">;
/** Keyed hash of the domain of an e-mail address that is no public mail host's. */
export type EmailDomainHash = Branded<"EmailDomainHash">;
/** Keyed hash of the name of a customer's organisation. */
export type OrganisationHash = Branded<"OrganisationHash">;
/** Keyed hash of a serial; in clear a serial is never stored. */
export type SerialHash = Branded<"SerialHash">;
/** Keyed hash of a voucher's code; the code itself is never stored. */
export type VoucherHash = Branded<"VoucherHash">;
/** One of the vendor's or a partner's people, `pe_…`. */
export type PersonId = Branded<"PersonId">;
/** A token's `jti`. */
export type TokenId = Branded<"TokenId">;
/** A signing key's `kid`. */
export type KeyId = Branded<"KeyId">;
/** ISO 4217 code, upper case. */
export type Currency = Branded<"Currency">;

/** Names a string that was checked at a boundary. It checks nothing itself. */
export const as = {
  partner: (id: string) => id as PartnerId,
  product: (id: string) => id as ProductId,
  shop: (name: string) => name as ShopName,
  provider: (id: string) => id as ProviderId,
  order: (key: string) => key as OrderKey,
  reference: (reference: string) => reference as Reference,
  person: (id: string) => id as PersonId,
  emailHash: (hash: string) => hash as EmailHash,
  token: (jti: string) => jti as TokenId,
  key: (kid: string) => kid as KeyId,
  currency: (code: string) => code.toUpperCase() as Currency,
} as const;

/** The code that ISO 4217 has for no currency: of an event that tells no money. */
export const noCurrency = as.currency("xxx");
