// Made from server/messages/renewal/ar.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Arabic. */
export const texts: Texts<keyof typeof en> = {
  unknown_title: "رابط التجديد هذا لا يؤدي إلى أي صفحة",
  unknown_text:
    "المنتج المذكور في الرابط غير معروف هنا. قد يكون الرابط غير مكتمل أو أقدم من الاسم الحالي للمنتج.",
  unknown_next: "يُرجى فتح صفحة التجديد من داخل المنتج، أو سؤال من باعك الترخيص.",
};
