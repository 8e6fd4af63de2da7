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
  denied_stranger: "يُرجى تسجيل الدخول",
  denied_stranger_text: "انتهى تسجيل دخولك، أو لم يُسجَّل الدخول من هذا المتصفح قط. لم يتغير شيء.",
  denied_other: "هذه الصفحة ليست لك",
  denied_other_text: "أنت مسجّل الدخول، لكن هذا يخص أشخاصًا آخرين. إن كان ينبغي أن يكون لك فاسأل من دعاك.",
  denied_stale: "يُرجى تسجيل الدخول من جديد",
  denied_stale_text:
    "يلزم لهذا أن تكون قد سجّلت الدخول قبل قليل. سجّل الدخول من جديد ثم أعد المحاولة. لم يتغير شيء.",
  denied_form: "هذا النموذج لم يعد صالحًا",
  denied_form_text: "الصفحة التي أرسلت هذا فُتحت بتسجيل دخول آخر أو جاءت من موقع آخر. لم يتغير شيء.",
  denied_sign_in: "تسجيل الدخول",
  denied_back: "العودة إلى الصفحة",
  denied_kept: "ما أدخلته محفوظ في هذه الصفحة.",
  denied_kept_how: "سجّل الدخول في النافذة الجديدة، ثم عد إلى هنا وأرسله من جديد.",
  denied_again: "إرسال من جديد",
};
