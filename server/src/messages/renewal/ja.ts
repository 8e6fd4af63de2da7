// Made from server/messages/renewal/ja.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Japanese. */
export const texts: Texts<keyof typeof en> = {
  unknown_title: "この更新リンクの行き先がありません",
  unknown_text:
    "リンクにある製品はここでは登録されていません。リンクが途中で切れているか、製品の現在の名前より古い可能性があります。",
  unknown_next: "製品の中から更新ページを開くか、ライセンスの販売店にお問い合わせください。",
};
