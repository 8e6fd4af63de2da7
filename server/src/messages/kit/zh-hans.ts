// Made from server/messages/kit/zh-Hans.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Simplified Chinese. */
export const texts: Texts<keyof typeof en> = {
  skip: "跳到正文",
  menu: "菜单",
  navigation: "主导航",
  sign_out: "退出登录",
  signed_in_as: "当前登录:{name}",
  support: "有疑问?",
  search: "搜索",
  search_hint: "订单、许可证、序列号、电子邮件或合作伙伴",
  filter: "筛选",
  clear_filters: "清除",
  any: "全部",
  next_page: "下一页",
  first_page: "第一页",
  export_csv: "导出为 CSV",
  sorted_up: "已按从小到大排序",
  sorted_down: "已按从大到小排序",
  sorted_page: "仅在本页内排序",
  empty_filtered: "没有符合条件的内容",
  shown: "{count} 行",
  as_table: "以表格显示",
  cancel: "取消",
  own_sign_in: "您的登录",
};
