import type { TallystickPrompt } from "@tallystick/sdk/prompt/element";
import type { PromptHost } from "../prompt-host.ts";
import type { PromptQuestion, PromptReply } from "../web-view-host.ts";
import { connectPrompt } from "./connect-prompt.ts";

/** What web views have in common: WebView2's `chrome.webview`, a `MessagePort`, or a few lines around another's. */
interface MessageBridge {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
}

/** The product's side, over messages. */
export function hostOver(bridge: MessageBridge): PromptHost {
  const waiting = new Map<number, (answer: never) => void>();
  bridge.addEventListener("message", ({ data }) => {
    const { call, answer } = (data ?? {}) as Partial<PromptReply>;
    if (call === undefined) return;
    waiting.get(call)?.(answer as never);
    waiting.delete(call);
  });
  let calls = 0;
  const ask = <Answer>(tallystick: keyof PromptHost, given: unknown): Promise<Answer> =>
    new Promise((resolve) => {
      const question: PromptQuestion = { tallystick, call: ++calls, given };
      waiting.set(question.call, resolve);
      bridge.postMessage(question);
    });
  return {
    prompt: (locales) => ask("prompt", [...locales]),
    licence: (locales) => ask("licence", [...locales]),
    answer: (id) => ask("answer", id),
  };
}

const { webview } = (window as unknown as { chrome: { webview: MessageBridge } }).chrome;
const element = document.querySelector<TallystickPrompt>("tallystick-prompt");
if (element !== null) await connectPrompt(element, hostOver(webview));
