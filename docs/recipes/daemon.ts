import { createRenewalClient, type RenewalClient, type RenewalClientOptions } from "@tallystick/sdk";
import { promptView } from "@tallystick/sdk/prompt";

/** What a daemon is told. It has no user, no home and no screen: its state lies in a folder of its own. */
export type DaemonOptions = RenewalClientOptions & { folder: string };

/** One line of its log. */
export interface RenewalNote {
  level: "info" | "warn";
  event: "licence_ends";
  title: string;
  text: string;
  /** For the administrator, who opens it elsewhere. */
  renewAt: string;
}

/** The client of a daemon, which never opens a browser. */
export const createDaemonClient = (options: DaemonOptions): RenewalClient =>
  createRenewalClient({ ...options, openBrowser: async () => ({ code: "opener_missing" }) });

/**
 * Call it once an hour. What an administrator is to know is written once a stage: 30, 14, 7, 3, 1 and 0 days before the
 * end, and three times in grace.
 */
export async function noteRenewal(renewal: RenewalClient, write: (note: RenewalNote) => void): Promise<void> {
  renewal.beginSession(); // It runs for months: each look counts as a start.
  const view = promptView(renewal, { productName: "Acme Sync" });
  if (view === null || renewal.markShown().code !== "shown") return;
  const { title, text, urgency } = view;
  const level = urgency === "high" ? "warn" : "info";
  write({ level, event: "licence_ends", title, text, renewAt: await renewal.renewalUrl() });
}
