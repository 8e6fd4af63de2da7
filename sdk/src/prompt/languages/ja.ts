// Made from sdk/messages/ja.mf2 by test/messages/make-languages.ts.
import type { PromptLanguage } from "../language.ts";

/** Japanese. */
export const ja: PromptLanguage = {
  tag: "ja",
  direction: "ltr",
  texts: {
    title_expiring: {
      by: "days",
      variants: {
        "0": "ライセンスは本日終了します",
        other: "ライセンスはあと {days} 日で終了します",
      },
    },
    text_expiring: "{end}まで有効です。更新はいつでもできます。",
    title_grace: "ライセンスは{end}に終了しました",
    text_grace: "{until}までは更新できます。",
    title_billing: "更新のお支払いをご確認ください",
    text_billing: "ライセンスは{end}に自動更新される予定ですが、お支払いが完了しない可能性があります。",
    title_active: "ライセンスは{end}まで有効です",
    title_renews: "ライセンスは{end}に自動更新されます",
    title_ended: "ライセンスは{end}に終了しました",
    title_perpetual: "ライセンスに期限はありません",
    title_unknown: "ライセンスはまだ入力されていません",
    text_renewable: "更新はいつでもできます。",
    text_ended: "引き続き更新できます。",
    text_unknown: "ご購入時に受け取ったキーを入力してください。",
    price: "更新料金は{price}です。",
    disclosure: "販売店は{seller}です。更新されると、販売店に収益の一部が支払われます。",
    disclosure_unnamed: "更新されると、ご購入元の販売店に収益の一部が支払われます。",
    seller_unnamed: "ご購入元の販売店",
    renew: "更新する",
    remind: "次のお知らせ",
    snooze_1d: "明日",
    snooze_3d: "3日後",
    snooze_next_stage: "終了が近づいたら",
    enter_key: "ライセンスキーを入力",
    renewed: "更新済みです",
    decline: "今後は知らせない",
    said_opened: "ブラウザーで更新ページを開きます。",
    said_not_opened: "更新するには、ブラウザーで次のアドレスを開いてください：{url}",
    said_snoozed: "次のお知らせは{until}です。",
    said_declined: "このライセンスについては今後お知らせしません。更新はいつでもできます。",
    said_renewed: "ありがとうございます。ライセンスは{end}まで有効になりました。",
    said_waiting: "更新の情報はまだ届いていません。届き次第、表示されます。",
    choose: "番号を押してください。後で決める場合は Enter を押してください。",
  },
};
