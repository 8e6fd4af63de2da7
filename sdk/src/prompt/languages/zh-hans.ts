// Made from sdk/messages/zh-Hans.mf2 by test/messages/make-languages.ts.
import type { PromptLanguage } from "../language.ts";

/** Simplified Chinese. */
export const zhHans: PromptLanguage = {
  tag: "zh-Hans",
  direction: "ltr",
  texts: {
    title_expiring: {
      by: "days",
      variants: {
        "0": "您的许可证今天到期",
        other: "您的许可证将在 {days} 天后到期",
      },
    },
    text_expiring: "有效期至{end}。您可以随时续订。",
    title_grace: "您的许可证已于{end}到期",
    text_grace: "在{until}之前，您仍可续订。",
    title_billing: "请检查您的续订付款方式",
    text_billing: "您的许可证将于{end}自动续订，但付款可能无法完成。",
    title_active: "您的许可证有效期至{end}",
    title_renews: "您的许可证将于{end}自动续订",
    title_ended: "您的许可证已于{end}到期",
    title_perpetual: "您的许可证永久有效",
    title_unknown: "尚未输入许可证",
    text_renewable: "您可以随时续订。",
    text_ended: "您仍可续订。",
    text_unknown: "请输入您购买时收到的密钥。",
    price: "续订价格为 {price}。",
    disclosure: "由 {seller} 销售；您续订时，该经销商将获得分成。",
    disclosure_unnamed: "由您的经销商销售；您续订时，该经销商将获得分成。",
    seller_unnamed: "您的经销商",
    renew: "续订",
    remind: "提醒我",
    snooze_1d: "明天",
    snooze_3d: "3 天后",
    snooze_next_stage: "临近到期时",
    enter_key: "输入许可证密钥",
    renewed: "我已续订",
    decline: "不再提醒",
    said_opened: "续订页面将在您的浏览器中打开。",
    said_not_opened: "如需续订，请在浏览器中打开此地址：{url}",
    said_snoozed: "下次提醒时间：{until}。",
    said_declined: "将不再提醒您此许可证。您可以随时续订。",
    said_renewed: "谢谢。您的许可证现在有效期至{end}。",
    said_waiting: "尚未收到您的续订信息，收到后会立即显示。",
    choose: "请按数字键选择，或按 Enter 键稍后决定。",
  },
};
