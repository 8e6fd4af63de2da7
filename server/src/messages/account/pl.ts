// Made from server/messages/account/pl.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Polish. */
export const texts: Texts<keyof typeof en> = {
  nav_account: "Moje zakupy",
  account_title: "Państwa zakupy",
  account_lead:
    "Wszystko, co jest przechowywane pod adresem {mail}. Kto otrzymuje pieniądze za sprzedaż, nigdy nie zależy od tej strony.",
  bought_title: "Zakupy",
  bought_lead: "Licencje są przechowywane jako nieodczytywalne odciski, dlatego żadnej tu nie pokazujemy.",
  no_purchases: "Pod tym adresem nie znamy żadnego zakupu",
  no_purchases_why: "Być może przy zakupie użyto innego adresu.",
  product: "Produkt",
  order_of: "Zamówienie {order}, {shop}",
  when: "Kiedy",
  seller: "Sprzedawca",
  seller_none: "Sam producent",
  seen_by: "Kto może to widzieć",
  seen_vendor: "Tylko producent",
  seen_none: "Producent; {partner} widzi tylko sumy",
  seen_transaction: "Producent; {partner} widzi, co i kiedy kupiono, ale nie kto",
  seen_full: "Producent; {partner} widzi, co i kiedy kupiono, oraz dane kontaktowe",
  paid: "Zapłacono",
  agreed_title: "Na co Państwo się zgodzili",
  agreed_lead: "Sprzedawcy, którzy zgłosili producentowi, że są Państwo ich klientami",
  no_consents: "Nie ma tu żadnej zgody",
  registered_on: "Od {day}, produkt: {product}",
  every_product: "wszystkie produkty",
  wording_kept: "Sprzedawca przechowuje treść, na którą wyrażono zgodę.",
  withdraw: "Wycofaj",
  withdraw_of: "Wycofaj zgodę daną: {partner}",
  erase_title: "Usuń moje dane",
  erase_lead: "Państwa adres zostanie usunięty ze wszystkiego, co tu przechowujemy. Licencje działają dalej.",
  erase_see: "Zobacz, co zostałoby usunięte",
  erase_confirm: "Usunąć to, co o Państwu przechowujemy?",
  erase_nothing_yet: "Niczego jeszcze nie usunięto.",
  erase_what: "Co zostanie usunięte",
  erase_orders: "Państwa adres przy zakupach ({count})",
  erase_registrations: "rejestracje dokonane przez sprzedawców ({count})",
  erase_stays:
    "Same zakupy zostają, bez Państwa danych: to księgi, które producent musi przechowywać z mocy prawa. Kopia zapasowa zachowuje to, co zawierała.",
  erase_do: "Usuń moje dane",
  done_withdrawn: "Zgodę wycofano",
  done_erased: "Państwa adres został usunięty",
  withdraw_confirm: "Wycofać zgodę udzieloną {partner}?",
  withdraw_confirm_lead:
    "Zgłoszenie Państwa adresu przez {partner} zostanie usunięte: żaden późniejszy zakup nie będzie na nim oparty. To, co kupiono, pozostaje bez zmian. Niczego jeszcze nie zmieniono.",
  confirm_heading: "Co z tego wynika",
};
