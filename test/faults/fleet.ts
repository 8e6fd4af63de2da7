import { expect } from "vitest";
import { type ReceiverProcess, startReceiverProcess } from "./receiver-process.ts";
import { openVendor, type Vendor } from "./vendor.ts";

/** Some receivers, each a process, on one database. */
export interface Fleet {
  readonly vendor: Vendor;
  /** The address of the next receiver: each has its turn. */
  url(): string;
  /** The lines about an event in the logs of all. */
  logged(event: string): Record<string, unknown>[];
  /** Stops all; fails unless each leaves with 0 and `ledger verify` is content afterwards. */
  stop(): Promise<void>;
}

/** What a fleet may be: SQLite has one writer, PostgreSQL as many as one likes. */
export const fleets = [
  { engine: "postgres", receivers: 2 },
  { engine: "sqlite", receivers: 1 },
] as const;

/** Sets a vendor up and starts its receivers. */
export async function openFleet({ engine, receivers: count }: (typeof fleets)[number]): Promise<Fleet> {
  const vendor = await openVendor(engine);
  const receivers: ReceiverProcess[] = await Promise.all(
    Array.from({ length: count }, () => startReceiverProcess(vendor)),
  );
  let turns = 0;
  return {
    vendor,
    url: () => receivers[turns++ % count]?.url ?? "",
    logged: (event) => receivers.flatMap((receiver) => receiver.logged(event)),
    async stop() {
      const codes = await Promise.all(receivers.map((receiver) => receiver.stop()));
      expect(codes).toEqual(receivers.map(() => 0));
      expect(await vendor.tallystick("ledger", "verify", "--json")).toMatchObject({ code: 0 });
    },
  };
}
