import "@tallystick/sdk/prompt/element";
import type { PromptAnswerEvent, TallystickPrompt } from "@tallystick/sdk/prompt/element";
import type { PromptHost } from "../prompt-host.ts";

/** The page's side: shows what the product says, and tells it what the customer chose. */
export async function connectPrompt(element: TallystickPrompt, host: PromptHost): Promise<void> {
  element.addEventListener("tallystick-answer", async (event) => {
    element.say(await host.answer((event as PromptAnswerEvent).detail.id));
  });
  element.view = await host.prompt(navigator.languages);
}
