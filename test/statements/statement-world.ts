import { adjust } from "../../server/src/adjustments/adjust.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { setDetails } from "../../server/src/partner-details/details.ts";
import { closeStatements } from "../../server/src/statements/close-statements.ts";
import { exportStatement } from "../../server/src/statements/paper/export-statement.ts";
import { showStatement } from "../../server/src/statements/read-statements.ts";
import { verifyStatements } from "../../server/src/statements/verify-statements.ts";
import { openChannel } from "../channel/channel-world.ts";
import type { Bench } from "../postgres/on-every-engine.ts";

/** The vendor before the law, with a rate that changes in the midst of a year. */
export const vendor = {
  legalName: "Acme Paint GmbH",
  address: { street: "Farbweg", building: "7", postCode: "10115", town: "Berlin", country: "DE" },
  vatId: "DE123456789",
  taxRates: [
    { since: "2020-01-01", percent: 19 },
    { since: "2027-01-01", percent: 20 },
  ],
};

/** A channel on 21 November 2026, 09:00, whose months are closed. */
export async function openStatements(bench: Bench, config: Record<string, unknown> = {}) {
  const channel = await openChannel(bench, { vendor, ...config });
  const { deps } = channel;
  const close = (period: string, more: { partner?: string; dryRun?: boolean } = {}) =>
    closeStatements(deps, { period, ...more });
  /** The numbers of what a close made. */
  const numbers = async (period: string) => (await close(period)).statements.map(({ number }) => number);
  const show = (number: string) => showStatement(deps, number);
  const correct = (amountMinor: number, partner = "north") =>
    adjust(deps, {
      partner,
      amountMinor,
      currency: "EUR",
      kind: "adjustment",
      reference: "T-1",
      note: "Agreed by mail",
    });
  const selfBilled = async (
    tax: { treatment: string; vatId?: string; number?: string },
    more: { silenceDays?: number } = {},
  ) => {
    const address = {
      street: "Rue Haute",
      building: "1",
      postCode: "1000",
      town: "Bruxelles",
      country: "BE",
    };
    await setDetails(
      deps,
      "north",
      { legalName: "North Shop SRL", address, tax, accounts: [] },
      { since: channel.start },
    );
    await setAgreement(deps, "north", { selfBilling: true, since: channel.start, ...more });
  };
  const exported = async (number: string, options: Parameters<typeof exportStatement>[2]) => {
    const pieces: Buffer[] = [];
    for await (const piece of await exportStatement(deps, number, options)) pieces.push(Buffer.from(piece));
    return Buffer.concat(pieces);
  };
  const verify = () => verifyStatements(deps);
  return { ...channel, close, numbers, show, correct, selfBilled, exported, verify };
}
