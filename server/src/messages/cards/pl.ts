// Made from server/messages/cards/pl.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Polish. */
export const texts: Texts<keyof typeof en> = {
  voucher_title: "Wymień voucher",
  voucher_lead:
    "Proszę wpisać kod z karty od {seller}. W zamian otrzymają Państwo numer seryjny swojej kopii.",
  voucher_label: "Kod vouchera",
  voucher_button: "Pobierz numer seryjny",
  voucher_small: "Małe litery i brak łączników nie szkodzą. Voucher można wymienić raz.",
  voucher_receipt: "Państwa numer seryjny programu {product}",
  voucher_copy: "Kopiuj",
  voucher_step_start: "Proszę uruchomić {product} i wybrać wpisanie numeru seryjnego.",
  voucher_step_enter: "Proszę wpisać numer dokładnie tak, jak tu stoi.",
  voucher_step_keep:
    "Proszę go zachować: wydrukować tę stronę lub zrobić zdjęcie. Voucher od {seller} jest już zużyty i nie można go wymienić ponownie.",
  voucher_none: "Nie ma tu voucherów",
  voucher_none_text: "Adres może być niepełny. Proszę porównać go z adresem na karcie.",
  voucher_none_next: "Jeśli jest taki sam, proszę zapytać sprzedawcę vouchera.",
  voucher_filled: "Kod karty został wpisany.",
  voucher_looking: "Sprawdzanie kodu…",
  voucher_silent:
    "Brak odpowiedzi. Proszę spróbować ponownie: kod nadal tu jest, a dwukrotne wysłanie niczemu nie szkodzi.",
  voucher_copied: "Skopiowano.",
  voucher_select: "Proszę skopiować zaznaczony numer.",
  voucher_empty: "Proszę wpisać kod z karty.",
  voucher_elsewhere: "To przyszło z innej strony. Proszę nacisnąć przycisk jeszcze raz.",
  email_title: "Rejestracja u {partner}",
  email_lead:
    "Proszę zostawić adres e-mail, aby {partner} otrzymał zapłatę za sprzedaż, gdy Państwo kupią lub odnowią.",
  email_lead_product:
    "Proszę zostawić adres e-mail dla {product}, aby {partner} otrzymał zapłatę za sprzedaż, gdy Państwo kupią lub odnowią.",
  email_label: "Państwa adres e-mail",
  email_button: "Zarejestruj",
  email_wording: "Wersja tekstu {version}.",
  email_check: "Proszę sprawdzić: {title}",
  email_elsewhere: "To przyszło z innej strony. Proszę sprawdzić i nacisnąć przycisk jeszcze raz.",
  email_invalid: "To nie jest adres e-mail. Proszę napisać go jak imie@example.com.",
  email_consent:
    "Bez Państwa zgody nie można zarejestrować adresu. Proszę zaznaczyć pole, jeśli się Państwo zgadzają.",
  email_changed: "Tekst zgody zmienił się od otwarcia strony. Proszę przeczytać go ponownie.",
  email_often: "Zarejestrowano stąd zbyt wiele adresów. Proszę spróbować później.",
  email_done: "Państwa adres jest zarejestrowany",
  email_done_text:
    "Dziękujemy. Gdy kupią lub odnowią Państwo z tym adresem, {partner} może otrzymać prowizję; dla Państwa nic się nie zmienia.",
  email_done_erase:
    "Aby usunąć adres, proszę napisać do osoby, która dała Państwu link, lub do producenta programu.",
  link_unknown: "Ten link donikąd nie prowadzi",
  link_unknown_text:
    "Może być niepełny lub został wycofany. Proszę poprosić o nowy tego, od kogo go Państwo mają.",
  link_ended: "Ten link wygasł",
  link_ended_text: "Proszę poprosić o nowy tego, od kogo go Państwo mają.",
  download_none: "Nie ma tu niczego do pobrania",
  download_none_text: "Adres może być niepełny albo program ma już inną nazwę.",
  download_none_next:
    "Proszę wrócić do strony, z której Państwo przyszli, lub zapytać tego, kto podał adres.",
  download_later: "Pobieranie nie jest teraz gotowe",
};
