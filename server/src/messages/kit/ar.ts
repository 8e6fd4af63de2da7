// Made from server/messages/kit/ar.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Arabic. */
export const texts: Texts<keyof typeof en> = {
  skip: "الانتقال إلى المحتوى",
  menu: "القائمة",
  navigation: "القائمة الرئيسية",
  sign_out: "تسجيل الخروج",
  signed_in_as: "مسجّل الدخول باسم {name}",
  support: "هل لديك أسئلة؟",
  search: "بحث",
  search_hint: "طلب أو رخصة أو رقم تسلسلي أو بريد إلكتروني أو شريك",
  filter: "تصفية",
  clear_filters: "مسح",
  any: "الكل",
  next_page: "الصفحة التالية",
  first_page: "الصفحة الأولى",
  export_csv: "تصدير بصيغة CSV",
  sorted_up: "مرتّب، الأصغر أولًا",
  sorted_down: "مرتّب، الأكبر أولًا",
  sorted_page: "مرتّبة ضمن هذه الصفحة",
  empty_filtered: "لا شيء يطابق هذه المرشّحات",
  shown: {
    by: "count",
    variants: {
      zero: "لا صفوف",
      one: "صف واحد",
      two: "صفّان",
      few: "{count} صفوف",
      many: "{count} صفًا",
      other: "{count} صف",
    },
  },
  as_table: "كجدول",
  cancel: "إلغاء",
  own_sign_in: "تسجيل دخولك",
};
