// Made from server/messages/pages/ja.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Japanese. */
export const texts: Texts<keyof typeof en> = {
  cancel: "キャンセル",
  save: "保存",
  search: "検索",
  sign_out: "サインアウト",
  nothing_here: "まだ何もありません。",
  held: "保留",
  payable: "支払可能",
  paid: "支払済み",
  order: "注文",
  partner: "パートナー",
  date: "日付",
  amount: "金額",
  reason: "理由",
  state: "状態",
};
