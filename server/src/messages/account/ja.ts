// Made from server/messages/account/ja.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Japanese. */
export const texts: Texts<keyof typeof en> = {
  nav_account: "購入したもの",
  account_title: "ご購入の内容",
  account_lead:
    "{mail} について保管しているすべてです。販売の報酬を誰が受け取るかは、このページに左右されません。",
  bought_title: "購入",
  bought_lead: "ライセンスは復元できない指紋として保管されるため、ここには表示されません。",
  no_purchases: "このアドレスでの購入は見つかりません",
  no_purchases_why: "購入時に別のアドレスを使った可能性があります。",
  product: "製品",
  order_of: "注文 {order}、{shop}",
  when: "日時",
  seller: "販売元",
  seller_none: "メーカー自身",
  seen_by: "見ることができる人",
  seen_vendor: "メーカーのみ",
  seen_none: "メーカー。{partner} は合計だけを見られます",
  seen_transaction: "メーカー。{partner} は購入内容と日時を見られますが、お客様が誰かは分かりません",
  seen_full: "メーカー。{partner} は購入内容、日時、ご連絡先を見られます",
  paid: "支払額",
  agreed_title: "同意した内容",
  agreed_lead: "お客様を自社の顧客としてメーカーに届け出た販売元",
  no_consents: "ここでの同意はありません",
  registered_on: "{day} から、{product}",
  every_product: "すべての製品",
  wording_kept: "同意した文面は販売元が保管しています。",
  withdraw: "撤回する",
  withdraw_of: "{partner} への同意を撤回する",
  erase_title: "情報を消去する",
  erase_lead: "ここで保管しているすべてからお客様のアドレスを取り除きます。ライセンスは引き続き使えます。",
  erase_see: "消去される内容を見る",
  erase_confirm: "保管している情報を消去しますか",
  erase_nothing_yet: "まだ何も消去されていません。",
  erase_what: "消去される内容",
  erase_orders: "購入に付いているアドレス({count}件)",
  erase_registrations: "販売元による登録({count}件)",
  erase_stays:
    "購入の記録自体は、お客様の情報を除いて残ります。法律でメーカーに保存が義務付けられた帳簿だからです。バックアップには当時の内容が残ります。",
  erase_do: "消去する",
  done_withdrawn: "撤回しました",
  done_erased: "アドレスを消去しました",
  withdraw_confirm: "{partner} への同意を取り消しますか",
  withdraw_confirm_lead:
    "{partner} によるアドレスの登録が消去され、今後の購入には使われません。これまでの購入はそのままです。まだ何も変更されていません。",
  confirm_heading: "この操作の結果",
};
