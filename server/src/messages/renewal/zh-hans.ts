// Made from server/messages/renewal/zh-Hans.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Simplified Chinese. */
export const texts: Texts<keyof typeof en> = {
  unknown_title: "此续订链接无效",
  unknown_text: "链接中的产品在此处未登记。链接可能不完整，或早于产品的现用名称。",
  unknown_next: "请从产品内打开续订页面，或联系向您出售许可证的经销商。",
};
