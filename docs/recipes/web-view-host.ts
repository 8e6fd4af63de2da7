import { type PromptHost, promptQuestions } from "./prompt-host.ts";

/** A question of a page, as a message. */
export interface PromptQuestion {
  tallystick: keyof PromptHost;
  /** Comes back with the answer. */
  call: number;
  given: unknown;
}

/** The answer to it. */
export interface PromptReply {
  call: number;
  answer: unknown;
}

/**
 * Answers one message of a web view: call it where the web view hands messages over, and send back what it returns. What is
 * no question of the prompt is `undefined`, and somebody else's.
 */
export async function answerMessage(host: PromptHost, message: unknown): Promise<PromptReply | undefined> {
  const { tallystick, call, given } = (message ?? {}) as Partial<PromptQuestion>;
  const question = promptQuestions.find((one) => one === tallystick);
  if (question === undefined || typeof call !== "number") return undefined;
  return { call, answer: await (host[question] as (given: unknown) => Promise<unknown>)(given) };
}
