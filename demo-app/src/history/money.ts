import { type Month, quarterEndingWith } from "./calendar.ts";
import type { Channel } from "./channel.ts";
import type { PastReceiver } from "./past-receiver.ts";

/** What the vendor did with the money of a month. */
export interface MonthClosed {
  statements: number;
  /** What was sent to partners, minor units of EUR. */
  paidMinor: number;
}

/**
 * Closes a month in the first days of the next. What is past its hold becomes payable, the quarter's terms are booked,
 * and each partner gets a statement. What is payable is proposed, approved by a second person, sent and confirmed. The
 * newest payout waits for its approval.
 */
export async function closeMonth(
  { admin, as, command }: PastReceiver,
  channel: Channel,
  { month, isLast }: { month: Month; isLast: boolean },
): Promise<MonthClosed> {
  await command("ledger", "release");
  const quarter = quarterEndingWith(month);
  if (quarter !== undefined) await admin.post(`/v1/periods/${quarter}/close`, {});
  const { statements } = await admin.post<{ statements: unknown[] }>("/v1/statements", {
    period: month.name,
  });
  if (!isLast) await acceptStatement(as(channel.token.key));
  const { batches } = await admin.post<{ batches: { id: string }[] }>("/v1/payouts", {
    currency: "EUR",
    minimumMinor: 1_000,
  });
  let paidMinor = 0;
  for (const { id } of isLast ? [] : batches) {
    await command("payout", "approve", id);
    await admin.post(`/v1/payouts/${id}/export`, { format: "pain.001" });
    const { payout } = await admin.post<{ payout: { totalMinor: number } }>(`/v1/payouts/${id}/confirm`, {
      all: true,
    });
    paidMinor += payout.totalMinor;
  }
  return { statements: statements.length, paidMinor };
}

/** A partner reads her newest statement and accepts it. */
async function acceptStatement(partner: {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
}) {
  const { statements } = await partner.get<{ statements: { number: string }[] }>(
    "/v1/partner/statements?limit=1",
  );
  const [newest] = statements;
  if (newest !== undefined) await partner.post(`/v1/partner/statements/${newest.number}/accept`, {});
}
