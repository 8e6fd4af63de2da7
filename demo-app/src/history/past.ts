import type { Addresses } from "../addresses.ts";
import type { CommandSetting } from "../receiver/command-line.ts";

/** What is to be played. */
export interface Past {
  setting: CommandSetting;
  addresses: Addresses;
  /** For the files that commands read. */
  folder: string;
  /** How many whole months, beside the current one as far as it has come; 0 only opens the channel. */
  months: number;
}

/** What came of it. */
export interface PastReport {
  /** A sentence each, for people. */
  told: readonly string[];
  orders: number;
  statements: number;
  paidMinor: number;
}
