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
  denied_stranger: "サインインしてください",
  denied_stranger_text:
    "サインインが終了したか、このブラウザではサインインしていません。何も変更されていません。",
  denied_other: "このページは利用できません",
  denied_other_text:
    "サインイン中ですが、これは他の人のページです。ご自分のものであるはずなら、招待した人にお問い合わせください。",
  denied_stale: "もう一度サインインしてください",
  denied_stale_text:
    "この操作には直前のサインインが必要です。もう一度サインインしてからやり直してください。何も変更されていません。",
  denied_form: "このフォームは期限切れです",
  denied_form_text:
    "送信元のページは別のサインインで開かれたか、別のサイトのものでした。何も変更されていません。",
  denied_sign_in: "サインイン",
  denied_back: "ページに戻る",
  denied_kept: "入力した内容はこのページに残っています。",
  denied_kept_how: "新しいウィンドウでサインインし、ここに戻ってもう一度送信してください。",
  denied_again: "もう一度送信",
  failure: "問題が発生しました",
  failure_text: "記録しました。お客様の操作が原因ではありません。1 分ほどしてからもう一度お試しください。",
};
