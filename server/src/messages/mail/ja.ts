// Made from server/messages/mail/ja.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Japanese. */
export const texts: Texts<keyof typeof en> = {
  invitation_subject: "{name} への招待",
  invitation_text:
    "{name} のページをご利用いただけるようになりました。何が売れ、いくらの収入になり、それがなぜかを確認できます。",
  invitation_vendor_text: "{name} のコンソールにサインインできます。",
  invitation_how: "パスワードはありません。このアドレスを入力すると、そのつどコードがメールで届きます。",
  invitation_action: "サインイン",
  sign_in_subject: "{name} へのサインイン",
  sign_in_text: "このコードは、請求した画面でのサインインに使えます。{minutes} 分間、1回だけ有効です。",
  sign_in_action: "または、この端末でサインインする",
  sign_in_small:
    "お心当たりがない場合は、誰かが誤ってアドレスを入力したものです。何もする必要はありません。このコードは誰にも教えないでください。",
  statement_subject: "{period} の明細書 {number}",
  statement_text: "{period} の明細書ができました。期末残高は {amount} です。",
  statement_action: "明細書を開く",
  payout_subject: "{amount} を送金しました",
  payout_text: "{amount} を送金しました。着金までの日数は銀行によりますが、通常は1~2営業日です。",
  payout_action: "内訳を見る",
  payout_rejected_subject: "{amount} の送金が届きませんでした",
  payout_rejected_text:
    "{amount} の送金が銀行から戻されました。理由: {why}。この金額は再び支払可能となり、次回の支払に含まれます。口座情報をご確認ください。",
  payout_rejected_action: "口座情報を確認する",
  details_bank_subject: "口座情報が変更されました",
  details_other_subject: "登録情報が変更されました",
  details_text: "お支払いに使う情報が変更されました。ご自身または同僚による変更であれば問題ありません。",
  details_wait: "安全のため、{date} までは新しい口座に支払いません。",
  details_small: "心当たりがない場合は、すぐにご連絡ください。",
  details_action: "情報を見る",
  dispute_opened_subject: "{partner} が注文 {order} に異議を申し立てました",
  dispute_opened_text: "{partner} が注文 {order} の判定に異議を申し立て、回答を待っています。",
  dispute_opened_action: "異議を開く",
  dispute_answered_subject: "注文 {order} についての異議に回答がありました",
  dispute_answered_text: "注文 {order} について申し立てた異議に回答がありました。",
  dispute_answered_action: "回答を読む",
  plan_subject: "{date} からの新しい条件: {plan}",
  plan_text:
    "{date} からはプラン {plan} に基づいて支払われます。それより前の販売は、当時の約束どおりに支払われます。",
  plan_action: "プランを見る",
  news_subject: "{name}: {title}",
  news_action: "ポータルで読む",
  news_small:
    "{partner} の担当者としてお送りしています。まとめメールを停止すると、このメールも届かなくなります。停止はいつでもできます。",
  digest_subject: "{name}: {date} までのまとめ",
  digest_text: "{since} 以降の状況:",
  digest_credited: "実績になった注文: {count} 件。",
  digest_earned: "収入({currency})",
  digest_held: "今後の予定({currency})",
  digest_held_note: "早くとも {date} まで保留",
  digest_payable: "支払可能({currency})",
  digest_paid: "支払済み({currency})",
  digest_uncounted: "実績にならなかった注文: {count} 件。それぞれの理由はポータルで確認できます。",
  digest_action: "ポータルを開く",
  digest_small: "{partner} の担当者としてお送りしています。頻度の変更や停止は、ポータルの設定でできます。",
  test_subject: "{name} からのテストメール",
  test_text: "これが読めれば、{name} からのメールは届いています。",
  stop_title: "まとめメール",
  stop_text: "まとめメールを停止しますか。明細書と支払についてのメールは引き続き届きます。",
  stop_button: "まとめメールを停止する",
  stop_done: "まとめメールを停止しました。ポータルの設定で再開できます。",
  stop_unknown: "このリンクの先には何もありません。途中で切れている可能性があります。",
  passkey_added_subject: "サインインにパスキーが追加されました",
  passkey_added_text:
    "パスキー「{name}」が追加されました。これを持つ人はあなたとしてサインインできます。ご自身の操作であれば問題ありません。",
  passkey_removed_subject: "サインインからパスキーが削除されました",
  passkey_removed_text:
    "パスキー「{name}」は削除され、サインインに使えなくなりました。ご自身の操作であれば問題ありません。",
  passkey_action: "パスキーとサインインを見る",
  passkey_small:
    "心当たりがない場合は、知らないパスキーを削除し、すべての場所からサインアウトして、ご連絡ください。",
};
