// Made from server/messages/account/ar.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Arabic. */
export const texts: Texts<keyof typeof en> = {
  nav_account: "ما اشتريته",
  account_title: "ما اشتريته",
  account_lead: "كل ما هو محفوظ باسم {mail}. لا يتوقف على هذه الصفحة أبدًا من يُدفع له عن البيع.",
  bought_title: "المشتريات",
  bought_lead: "تُحفظ الرخص كبصمات لا يمكن قراءتها، ولذلك لا تُعرض هنا.",
  no_purchases: "لا شراء معروف بهذا العنوان",
  no_purchases_why: "ربما استُخدم عنوان آخر عند الشراء.",
  product: "المنتج",
  order_of: "الطلب {order}، {shop}",
  when: "متى",
  seller: "البائع",
  seller_none: "الصانع نفسه",
  seen_by: "من يمكنه رؤيته",
  seen_vendor: "الصانع وحده",
  seen_none: "الصانع؛ ويرى {partner} المجاميع فقط",
  seen_transaction: "الصانع؛ ويرى {partner} ماذا اشتُري ومتى، لا من أنت",
  seen_full: "الصانع؛ ويرى {partner} ماذا اشتُري ومتى ووسيلة الاتصال بك",
  paid: "المدفوع",
  agreed_title: "ما وافقت عليه",
  agreed_lead: "بائعون أخبروا الصانع بأنك عميلهم",
  no_consents: "لم توافق هنا على شيء",
  registered_on: "منذ {day}، لـ{product}",
  every_product: "كل منتج",
  wording_kept: "يحتفظ البائع بنص ما وافقت عليه.",
  withdraw: "سحب الموافقة",
  withdraw_of: "سحب ما وافقت عليه مع {partner}",
  erase_title: "امحُ بياناتي",
  erase_lead: "يُزال عنوانك من كل ما هو محفوظ هنا. تبقى رخصك صالحة.",
  erase_see: "عرض ما سيُمحى",
  erase_confirm: "هل تمحو ما هو محفوظ عنك؟",
  erase_nothing_yet: "لم يُمحَ شيء بعد.",
  erase_what: "ما الذي يُمحى",
  erase_orders: "عنوانك على المشتريات: {count}",
  erase_registrations: "تسجيلات البائعين: {count}",
  erase_stays:
    "تبقى المشتريات نفسها من دونك: هي حسابات يُلزم القانون الصانع بحفظها. وتحتفظ النسخ الاحتياطية بما فيها.",
  erase_do: "امحُ بياناتي",
  done_withdrawn: "سُحبت الموافقة",
  done_erased: "مُحي عنوانك",
  withdraw_confirm: "هل تسحب ما وافقت عليه مع {partner}؟",
  withdraw_confirm_lead:
    "يُمحى تسجيل {partner} لعنوانك: لا يُحتسب به أي شراء لاحق. ما اشتريته يبقى كما هو. لم يتغير شيء بعد.",
};
