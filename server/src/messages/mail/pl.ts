// Made from server/messages/mail/pl.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Polish. */
export const texts: Texts<keyof typeof en> = {
  invitation_subject: "Zaproszenie do {name}",
  invitation_text:
    "{name} otwiera dla Państwa swoje strony. Widać tam, co sprzedano, ile zarobiono i dlaczego.",
  invitation_vendor_text: "Mogą Państwo zalogować się do konsoli {name}.",
  invitation_how: "Hasła nie ma: podają Państwo ten adres i za każdym razem otrzymują kod pocztą.",
  invitation_action: "Zaloguj",
  sign_in_subject: "Logowanie do {name}",
  sign_in_text: "Ten kod loguje tam, gdzie o niego poproszono. Jest ważny przez {minutes} min, jeden raz.",
  sign_in_action: "Albo zaloguj na tym urządzeniu",
  sign_in_small:
    "Jeśli to nie Państwo prosili o kod, ktoś podał ten adres przez pomyłkę. Nie trzeba nic robić. Kodu nie wolno nikomu podawać.",
  statement_subject: "Zestawienie {number} za {period}",
  statement_text: "Zestawienie za {period} jest gotowe. Saldo końcowe wynosi {amount}.",
  statement_action: "Otwórz zestawienie",
  payout_subject: "{amount} jest w drodze do Państwa",
  payout_text: "Wysłaliśmy Państwu {amount}. Czas zależy od banków, zwykle jeden lub dwa dni robocze.",
  payout_action: "Zobacz, za co to jest",
  payout_rejected_subject: "Wypłata {amount} nie dotarła",
  payout_rejected_text:
    "Bank zwrócił wypłatę {amount}: {why}. Kwota jest znów do wypłaty i znajdzie się w następnej. Prosimy sprawdzić dane bankowe.",
  payout_rejected_action: "Sprawdź dane bankowe",
  details_bank_subject: "Zmieniono Państwa dane bankowe",
  details_other_subject: "Zmieniono Państwa dane",
  details_text:
    "Zmieniono dane, według których płacimy. Jeśli zrobili to Państwo lub ktoś z zespołu, wszystko jest w porządku.",
  details_wait: "Dla bezpieczeństwa na nowe konto nic nie zostanie wypłacone przed {date}.",
  details_small: "Jeśli nikt od Państwa tego nie zrobił, prosimy natychmiast do nas napisać.",
  details_action: "Zobacz dane",
  dispute_opened_subject: "{partner} kwestionuje zamówienie {order}",
  dispute_opened_text: "{partner} kwestionuje decyzję o zamówieniu {order} i czeka na odpowiedź.",
  dispute_opened_action: "Otwórz sprawę",
  dispute_answered_subject: "Sprawa zamówienia {order} ma odpowiedź",
  dispute_answered_text: "To, co zakwestionowano w sprawie zamówienia {order}, ma odpowiedź.",
  dispute_answered_action: "Przeczytaj odpowiedź",
  plan_subject: "Nowe warunki od {date}: {plan}",
  plan_text: "Od {date} obowiązuje plan {plan}. Za wcześniejszą sprzedaż płacimy tak, jak wtedy obiecano.",
  plan_action: "Zobacz plan",
  news_subject: "{name}: {title}",
  news_action: "Przeczytaj w portalu",
  news_small:
    "Otrzymują Państwo tę wiadomość, działając w imieniu {partner}. Ustanie wraz z podsumowaniami, które można w każdej chwili wyłączyć.",
  digest_subject: "{name}: podsumowanie do {date}",
  digest_text: "Co wydarzyło się od {since}:",
  digest_credited: "Zamówienia zaliczone Państwu: {count}.",
  digest_earned: "Zarobione ({currency})",
  digest_held: "Nadchodzące ({currency})",
  digest_held_note: "Wstrzymane co najmniej do {date}",
  digest_payable: "Do wypłaty ({currency})",
  digest_paid: "Wypłacone ({currency})",
  digest_uncounted: "Zamówienia niezaliczone: {count}. Portal podaje powód każdego z nich.",
  digest_action: "Otwórz portal",
  digest_small:
    "Otrzymują Państwo to podsumowanie, działając w imieniu {partner}. Częstotliwość można zmienić lub wyłączyć w ustawieniach portalu.",
  test_subject: "Testowa wiadomość od {name}",
  test_text: "Jeśli to widać, poczta od {name} dochodzi.",
  stop_title: "Podsumowania pocztą",
  stop_text:
    "Nie chcą Państwo więcej podsumowań? Wiadomości o zestawieniach i wypłatach będą nadal przychodzić.",
  stop_button: "Bez podsumowań",
  stop_done: "Podsumowań już nie będzie. Można je przywrócić w ustawieniach portalu.",
  stop_unknown: "Ten link donikąd nie prowadzi. Być może jest niepełny.",
  passkey_added_subject: "Do Twojego logowania dodano klucz dostępu",
  passkey_added_text:
    "Dodano klucz dostępu „{name}”: kto go ma, może zalogować się jako Ty. Jeśli to Ty, wszystko w porządku.",
  passkey_removed_subject: "Z Twojego logowania usunięto klucz dostępu",
  passkey_removed_text:
    "Klucz dostępu „{name}” został usunięty i nie pozwala już się logować. Jeśli to Ty, wszystko w porządku.",
  passkey_action: "Zobacz swoje klucze dostępu i logowania",
  passkey_small: "Jeśli to nie Ty: usuń klucze, których nie znasz, wyloguj się wszędzie i napisz do nas.",
  desk_subject: "{name}: co czeka {date}",
  desk_text: "To czeka na ludzi producenta:",
  desk_payouts: "Wypłaty do zatwierdzenia",
  desk_adjustments: "Zapisy ręczne do zatwierdzenia",
  desk_deals: "Zgłoszenia transakcji do rozpatrzenia",
  desk_held: "Wstrzymane zamówienia",
  desk_disputes: "Kwestionowane decyzje do rozpatrzenia",
  desk_disputes_due: "Pierwsza ma termin do końca dnia {date}",
  desk_stuck: "Porzucone wiadomości",
  desk_shop: "Brak webhooków od {shop}",
  desk_shop_heard: "ostatni nadszedł {date}",
  desk_shop_never: "dotąd nie nadszedł żaden",
  desk_action: "Otwórz konsolę",
  desk_small:
    "Otrzymują to Państwo, działając w imieniu {name}. Częstotliwość można zmienić lub wyłączyć w ustawieniach konsoli.",
  stop_text_desk:
    "Nie chcą Państwo więcej podsumowań? Inne wiadomości, na przykład o kwestionowanych decyzjach, będą nadal przychodzić.",
  stop_done_desk: "Podsumowań już nie będzie. Można je przywrócić w ustawieniach konsoli.",
  service_subject: "{product}: {title}",
  service_licence: "{product}, licencja zakończona na {end}",
  service_from: "kupiono u {partner}",
  service_from_vendor: "kupiono u {name}",
  service_small:
    "Otrzymują to Państwo raz, ponieważ mają {product}. Dotyczy samego produktu i niczego nie sprzedaje. Pochodzi od {name}.",
  renewal_subject: "Licencja na {product} kończy się {date}",
  renewal_text:
    "Okres licencji na {product} kończy się {date}. Jeśli chcą ją Państwo zachować, można ją teraz odnowić. Jeśli nie, nie trzeba nic robić.",
  renewal_seller:
    "{product} kupili Państwo u {partner}; sprzedawca otrzymuje udział, gdy odnowią Państwo licencję.",
  renewal_action: "Odnów",
  renewal_reward: "W podziękowaniu za odnowienie {partner} oferuje",
  renewal_small:
    "Otrzymują to Państwo od {name}, ponieważ kupili Państwo {product}. Te powiadomienia można wyłączyć jednym kliknięciem.",
  renewal_stop_title: "Powiadomienia przed końcem licencji",
  renewal_stop_text:
    "Czy {name} ma już nie pisać do Państwa przed końcem licencji? Licencje się przez to nie zmienią.",
  renewal_stop_button: "Nie wysyłać więcej",
  renewal_stop_done: "Nie będą Państwo już otrzymywać tych powiadomień.",
};
