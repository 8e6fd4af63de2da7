import type { KeyObject } from "node:crypto";
import type { Config } from "../../config/config.ts";
import type { SharedTurn } from "../../store/write-turn.ts";
import { Refusal, type RefusalCode } from "../../words/refusal.ts";
import type { Recording, ToRecord } from "../recorder.ts";

/** What the thread is started with. */
export interface ThreadData {
  config: Config;
  turn: SharedTurn;
  /** What receipts of rulings are made with that move to another order; without it none are kept. */
  receiptKey?: KeyObject;
}

/** What the thread is asked: events with a number each, or to finish. */
export type Asked = readonly { number: number; toRecord: ToRecord }[] | "stop";

/**
 * A message on its way between threads. It travels as JSON: plain values of this size are copied in a third of the time
 * that the structured clone of their objects takes, on both sides.
 */
export type Sent<Message> = string & { readonly message?: Message };

/** Writes a message for the other thread. */
export const written = <Message>(message: Message): Sent<Message> => JSON.stringify(message);

/** Reads a message of the other thread. */
export const read = <Message>(sent: Sent<Message>): Message => JSON.parse(sent);

/** What it answers, some numbers in a message and in any order. First of all it says that it is `ready`. */
export type Answered = readonly Answer[] | "ready";
/** What became of the event of that number. */
export type Answer = { number: number } & ({ recording: Recording } | { failure: Failure });

/** An error on its way between threads, which would lose its class and its code. */
export interface Failure {
  name: string;
  message: string;
  stack: string | undefined;
  code: string | undefined;
}

/** What another thread is to know of an error. */
export function failureOf(error: unknown): Failure {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const code = (error as { code?: unknown } | undefined)?.code;
  return { name, message, stack, code: typeof code === "string" ? code : undefined };
}

/** The error again: a `Refusal` where it was one, for the answer depends on it. */
export function errorOf({ name, message, stack, code }: Failure): Error {
  const error =
    name === "Refusal"
      ? new Refusal(code as RefusalCode, message)
      : Object.assign(new Error(message), { name, code });
  if (stack !== undefined) error.stack = stack;
  return error;
}
