// Made from server/messages/kit/ja.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Japanese. */
export const texts: Texts<keyof typeof en> = {
  skip: "本文へ移動",
  menu: "メニュー",
  navigation: "メイン",
  sign_out: "サインアウト",
  signed_in_as: "{name} としてサインイン中",
  support: "お問い合わせ",
  search: "検索",
  search_hint: "注文、ライセンス、シリアル、メールアドレス、パートナー",
  filter: "絞り込む",
  clear_filters: "解除",
  any: "すべて",
  next_page: "次のページ",
  first_page: "最初のページ",
  export_csv: "CSVで書き出す",
  sorted_up: "小さい順に並べ替え済み",
  sorted_down: "大きい順に並べ替え済み",
  sorted_page: "このページ内で並べ替え",
  empty_filtered: "条件に合うものはありません",
  shown: "{count}行",
  as_table: "表で見る",
  cancel: "キャンセル",
  own_sign_in: "サインイン設定",
};
