import type { Instant } from "../words/clock.ts";
import { orderedId } from "../words/ordered-id.ts";
import type { Hashes } from "./hashes.ts";
import { openSealed, sealText } from "./seal.ts";

/** Who one of the people of a customer is: what is sealed of it, and nothing else says it. */
export interface CustomerDocument {
  email: string;
  name?: string | undefined;
  /** On one line or several, as it was told. */
  address?: string | undefined;
}

/**
 * For whom a customer's data is sealed: the vendor alone, or also the partner that told it, under one version of its
 * agreement. It is part of what is sealed, so a row that is said to be another's does not open.
 */
export const sealedForVendor = "vendor";
/** The same for what a partner told: `north-shop 3` is the third version of its agreement. */
export const sealedForAgreement = (partner: string, version: number): string => `${partner} ${version}`;

/** What ties sealed data to its row and to whom it is sealed for. */
export const customerRow = (id: string, sealedFor: string): Uint8Array =>
  Buffer.from(`customer ${id} ${sealedFor}`);

/** A sealed row of customers, as it is opened. */
export interface SealedCustomer {
  id: string;
  sealedFor: string;
  sealed: Uint8Array;
}

/** Seals a text for a row of customers. */
export const sealCustomerText = (
  { customerKey }: Pick<Hashes, "customerKey">,
  text: string,
  { id, sealedFor }: Omit<SealedCustomer, "sealed">,
): Buffer => sealText(text, customerRow(id, sealedFor), customerKey);

/** Opens what `sealCustomerText` sealed. Throws where row, addressee or pepper is another. */
export const openCustomerText = (
  { customerKey }: Pick<Hashes, "customerKey">,
  { id, sealedFor, sealed }: SealedCustomer,
): string => openSealed(sealed, customerRow(id, sealedFor), customerKey);

/** The id of a new person among customers: later ones sort behind earlier ones. */
export const newCustomerId = (now: Instant): string => `cu_${orderedId(now)}`;

/** What people tell licences apart by; none of a short one, of which it would be too much. */
export function lastFour(licence: string): string | null {
  const plain = licence.replace(/[^\p{L}\p{N}]/gu, "");
  return plain.length < 8 ? null : plain.slice(-4);
}
