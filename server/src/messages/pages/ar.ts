// Made from server/messages/pages/ar.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Arabic. */
export const texts: Texts<keyof typeof en> = {
  cancel: "إلغاء",
  save: "حفظ",
  search: "بحث",
  sign_out: "تسجيل الخروج",
  nothing_here: "لا شيء هنا بعد.",
  held: "معلّق",
  payable: "مستحق الدفع",
  paid: "مدفوع",
  order: "الطلب",
  partner: "الشريك",
  date: "التاريخ",
  amount: "المبلغ",
  reason: "السبب",
  state: "الحالة",
};
