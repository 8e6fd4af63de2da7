// Made from server/messages/cards/ar.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Arabic. */
export const texts: Texts<keyof typeof en> = {
  voucher_title: "استبدل بطاقتك",
  voucher_lead: "أدخل الرمز المكتوب على بطاقة {seller} لتحصل على الرقم التسلسلي لنسختك.",
  voucher_label: "رمز البطاقة",
  voucher_button: "احصل على رقمي التسلسلي",
  voucher_small: "لا بأس بالأحرف الصغيرة أو غياب الشرطات. تُستبدل البطاقة مرة واحدة.",
  voucher_receipt: "رقمك التسلسلي لبرنامج {product}",
  voucher_copy: "نسخ",
  voucher_step_start: "شغّل {product} واختر إدخال رقم تسلسلي.",
  voucher_step_enter: "أدخل الرقم كما هو هنا تمامًا.",
  voucher_step_keep:
    "احتفظ به: اطبع هذه الصفحة أو صوّرها. استُعملت بطاقة {seller} ولا يمكن استبدالها مرة أخرى.",
  voucher_none: "لا توجد بطاقات هنا",
  voucher_none_text: "قد يكون العنوان ناقصًا. قارنه بالعنوان المكتوب على بطاقتك.",
  voucher_none_next: "إن كان مطابقًا فاسأل المتجر الذي باعك البطاقة.",
  voucher_filled: "أُدخل رمز بطاقتك.",
  voucher_looking: "جارٍ التحقق من رمزك…",
  voucher_silent: "لم يصل رد. حاول مرة أخرى: رمزك ما زال هنا، ولا تخسر شيئًا إن أرسلته مرتين.",
  voucher_copied: "نُسخ.",
  voucher_select: "انسخ الرقم المحدَّد.",
  voucher_empty: "أدخل الرمز المكتوب على بطاقتك.",
  voucher_elsewhere: "جاء هذا من صفحة أخرى. اضغط الزر مرة أخرى.",
  email_title: "التسجيل لدى {partner}",
  email_lead: "اترك بريدك الإلكتروني كي يُدفع إلى {partner} مقابل بيعه لك عند الشراء أو التجديد.",
  email_lead_product:
    "اترك بريدك الإلكتروني من أجل {product} كي يُدفع إلى {partner} مقابل بيعه لك عند الشراء أو التجديد.",
  email_label: "بريدك الإلكتروني",
  email_button: "سجّل",
  email_wording: "النص {version}.",
  email_check: "يُرجى التحقق: {title}",
  email_elsewhere: "جاء هذا من صفحة أخرى. راجعه ثم اضغط الزر مرة أخرى.",
  email_invalid: "هذا ليس بريدًا إلكترونيًا. اكتبه مثل name@example.com.",
  email_consent: "لا يمكن تسجيل العنوان دون موافقتك. ضع علامة في المربع إن كنت موافقًا.",
  email_changed: "تغيّر النص المطلوب الموافقة عليه منذ فتح الصفحة. اقرأه مرة أخرى.",
  email_often: "سُجّل من هنا عدد كبير جدًا من العناوين. حاول لاحقًا.",
  email_done: "سُجّل عنوانك",
  email_done_text:
    "شكرًا لك. عندما تشتري أو تجدّد بهذا العنوان قد تُدفع عمولة إلى {partner}؛ ولا يتغيّر شيء بالنسبة إليك.",
  email_done_erase: "لحذف العنوان اكتب إلى من أعطاك الرابط أو إلى صانع البرنامج.",
  link_unknown: "هذا الرابط لا يؤدي إلى شيء",
  link_unknown_text: "قد يكون ناقصًا أو سُحب. اطلب رابطًا جديدًا ممن أعطاك إياه.",
  link_ended: "انتهت صلاحية هذا الرابط",
  link_ended_text: "اطلب رابطًا جديدًا ممن أعطاك إياه.",
  download_none: "لا يوجد هنا ما يُنزَّل",
  download_none_text: "قد يكون العنوان ناقصًا أو صار للبرنامج اسم جديد.",
  download_none_next: "عُد إلى الصفحة التي أتيت منها أو اسأل من أعطاك العنوان.",
  download_later: "التنزيل غير جاهز الآن",
};
