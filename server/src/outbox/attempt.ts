import { SendFailure } from "../outgoing/send-failure.ts";
import type { Sender } from "../outgoing/send-request.ts";
import type { Instant } from "../words/clock.ts";
import type {
  CreditFacts,
  OutboxAdapter,
  OutboxDestination,
  OutboxMessage,
  PreparedRequest,
} from "./adapter.ts";
import type { OutboxRow } from "./rows/schema.ts";

/** What came of one attempt. `status` is that of the answer, if there was one. */
export type AttemptResult =
  | { outcome: "delivered"; status: number; conversionId: string | null }
  | { outcome: "retry"; status: number | null; problem: string; afterSeconds?: number | undefined }
  | { outcome: "refused"; status: number; problem: string }
  | { outcome: "manual"; status: null; problem: string };

/** A message with what it takes to send it. */
export interface Attempt {
  message: OutboxMessage;
  adapter: OutboxAdapter;
  destination: OutboxDestination;
}

/** A stored message as an adapter renders it. */
export const messageOf = (row: OutboxRow, conversionId: string | null): OutboxMessage => ({
  key: row.id,
  kind: row.kind,
  seq: row.seq,
  facts: JSON.parse(row.facts) as CreditFacts,
  conversionId,
});

/** Renders and sends a message once, and returns what came of it. Never throws: whatever goes wrong is a failed attempt. */
export async function attemptDelivery(
  { message, adapter, destination }: Attempt,
  sender: Sender,
  now: Instant,
  signal: AbortSignal,
): Promise<AttemptResult> {
  try {
    const prepared = adapter.prepare(message, destination, new Date(now));
    if ("unsupported" in prepared)
      return { outcome: "manual", status: null, problem: plain(prepared.unsupported) };
    return await exchange({ message, adapter, destination }, prepared, sender, signal, true);
  } catch (error) {
    const problem = error instanceof SendFailure ? error.problem : "not_rendered";
    return { outcome: "retry", status: null, problem };
  }
}

async function exchange(
  attempt: Attempt,
  request: PreparedRequest,
  sender: Sender,
  signal: AbortSignal,
  mayAnswer: boolean,
): Promise<AttemptResult> {
  const response = await sender.send(request, signal);
  const { status } = response;
  const verdict = attempt.adapter.judge(response, { message: attempt.message, request });
  switch (verdict.outcome) {
    case "delivered":
      return { outcome: "delivered", status, conversionId: verdict.conversionId?.slice(0, 200) ?? null };
    case "again":
      if (mayAnswer) return exchange(attempt, verdict.request, sender, signal, false);
      return { outcome: "retry", status, problem: "challenged_again" };
    case "retry":
      return { ...verdict, status, problem: plain(verdict.problem) };
    case "refused":
      return { ...verdict, status, problem: plain(verdict.problem) };
  }
}

/** An adapter may pass on what a destination said: one line of readable text, not too long. */
const plain = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, " ")
    .slice(0, 300);
