/** The custom element `tallystick-prompt`. Importing this file defines it. */
import { definePrompt } from "../prompt/element/element.ts";

export {
  answerEvent,
  elementName,
  type PromptAnswerEvent,
  TallystickPrompt,
} from "../prompt/element/element.ts";
export type { PromptAction, PromptActionId, PromptState, PromptView } from "../prompt/prompt-view.ts";
export type { Reminder } from "../renewal/reminder.ts";
export type { SnoozeOption } from "../renewal/snooze.ts";
export type { Stage } from "../renewal/stage.ts";

definePrompt();
