import type { TallystickPrompt } from "@tallystick/sdk/prompt/element";
import type { PromptHost } from "../prompt-host.ts";
import { connectPrompt } from "./connect-prompt.ts";

// Electron's renderer: the preload script has put the product's side there.
const { tallystick } = window as unknown as { tallystick: PromptHost };
const element = document.querySelector<TallystickPrompt>("tallystick-prompt");
if (element !== null) await connectPrompt(element, tallystick);
