// Made from server/messages/pages/zh-Hans.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Simplified Chinese. */
export const texts: Texts<keyof typeof en> = {
  cancel: "取消",
  save: "保存",
  search: "搜索",
  sign_out: "退出登录",
  nothing_here: "这里还没有内容。",
  held: "暂扣",
  payable: "可支付",
  paid: "已支付",
  order: "订单",
  partner: "合作伙伴",
  date: "日期",
  amount: "金额",
  reason: "原因",
  state: "状态",
};
