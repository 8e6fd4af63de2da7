// Made from server/messages/cards/ja.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Japanese. */
export const texts: Texts<keyof typeof en> = {
  voucher_title: "バウチャーの引き換え",
  voucher_lead:
    "{seller} のカードに記載されたコードを入力してください。引き換えに製品のシリアル番号をお渡しします。",
  voucher_label: "バウチャーコード",
  voucher_button: "シリアル番号を受け取る",
  voucher_small: "小文字でも、ハイフンがなくてもかまいません。引き換えは 1 回限りです。",
  voucher_receipt: "{product} のシリアル番号",
  voucher_copy: "コピー",
  voucher_step_start: "{product} を起動し、シリアル番号の入力を選んでください。",
  voucher_step_enter: "ここに表示された番号をそのまま入力してください。",
  voucher_step_keep:
    "このページを印刷するか撮影して保管してください。{seller} のバウチャーは使用済みとなり、再び引き換えることはできません。",
  voucher_none: "ここにはバウチャーがありません",
  voucher_none_text: "アドレスが途中で切れている可能性があります。カードの記載と比べてください。",
  voucher_none_next: "同じであれば、バウチャーを購入した店にお問い合わせください。",
  voucher_filled: "カードのコードを入力しました。",
  voucher_looking: "コードを確認しています…",
  voucher_silent:
    "応答がありませんでした。もう一度お試しください。コードは残っており、2 回送っても失われません。",
  voucher_copied: "コピーしました。",
  voucher_select: "選択された番号をコピーしてください。",
  voucher_empty: "カードのコードを入力してください。",
  voucher_elsewhere: "別のページから送信されました。もう一度ボタンを押してください。",
  email_title: "{partner} に登録する",
  email_lead: "ご購入・更新の際に {partner} へ販売の報酬が支払われるよう、メールアドレスをご登録ください。",
  email_lead_product:
    "{product} のご購入・更新の際に {partner} へ販売の報酬が支払われるよう、メールアドレスをご登録ください。",
  email_label: "メールアドレス",
  email_button: "登録する",
  email_wording: "文面 {version}",
  email_check: "ご確認ください: {title}",
  email_elsewhere: "別のページから送信されました。内容を確認して、もう一度ボタンを押してください。",
  email_invalid: "メールアドレスではありません。name@example.com の形で入力してください。",
  email_consent: "同意がないと登録できません。同意される場合はチェックを入れてください。",
  email_changed: "ページを開いた後に同意文が変わりました。もう一度お読みください。",
  email_often: "ここからの登録が多すぎます。しばらくしてからお試しください。",
  email_done: "アドレスを登録しました",
  email_done_text:
    "ありがとうございます。このアドレスでご購入・更新されると {partner} に手数料が支払われることがあります。お客様に変わりはありません。",
  email_done_erase: "アドレスの削除は、リンクを渡した相手またはプログラムの製造元にご連絡ください。",
  link_unknown: "このリンクは無効です",
  link_unknown_text: "途中で切れているか、取り消されています。渡した相手に新しいリンクをご依頼ください。",
  link_ended: "このリンクは期限切れです",
  link_ended_text: "渡した相手に新しいリンクをご依頼ください。",
  download_none: "ここにはダウンロードできるものがありません",
  download_none_text: "アドレスが途中で切れているか、プログラムの名前が変わった可能性があります。",
  download_none_next: "元のページに戻るか、アドレスを渡した相手にお問い合わせください。",
  download_later: "ただいまダウンロードの準備ができていません",
};
