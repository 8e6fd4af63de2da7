/** The prompt as plain data, what an answer does, and what the law wants beside it. */
export { type AnswerOptions, answerPrompt, type PromptAnswer } from "../prompt/answer.ts";
export { type HostConditions, type WaitReason, waitReasons } from "../prompt/host.ts";
export {
  type PluralText,
  type Price,
  type PromptLanguage,
  type PromptText,
  type TextName,
  type TextOverrides,
  type TextValues,
  textNames,
  writePrice,
  writeText,
} from "../prompt/language.ts";
export { en } from "../prompt/languages/en.ts";
export { languageTags, loadLanguage } from "../prompt/load-language.ts";
export { type DueNotice, dueNotices, type NoticeOptions } from "../prompt/notices/due-notices.ts";
export { type NoticeProfile, type NoticeWindow, noticeProfiles } from "../prompt/notices/notice-profiles.ts";
export {
  licenceView,
  type PromptAction,
  type PromptActionId,
  type PromptOptions,
  type PromptSource,
  type PromptState,
  type PromptView,
  promptView,
  promptWait,
} from "../prompt/prompt-view.ts";
