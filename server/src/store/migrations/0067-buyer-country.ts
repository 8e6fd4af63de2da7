import type { Definition } from "./ddl.ts";

/** The buyer's country, where the shop tells it. Of orders from before nobody knows it. */
export const buyerCountry: Definition = ({ text }) => [`alter table orders add column country ${text}`];
