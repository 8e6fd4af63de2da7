// Made from server/messages/pages/pl.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Polish. */
export const texts: Texts<keyof typeof en> = {
  cancel: "Anuluj",
  save: "Zapisz",
  search: "Szukaj",
  sign_out: "Wyloguj",
  nothing_here: "Na razie nic tu nie ma.",
  held: "Wstrzymane",
  payable: "Do wypłaty",
  paid: "Wypłacone",
  order: "Zamówienie",
  partner: "Partner",
  date: "Data",
  amount: "Kwota",
  reason: "Powód",
  state: "Stan",
};
