import type { Addresses } from "../addresses.ts";
import type { Customer } from "../cast.ts";
import type { Admin } from "../receiver/admin.ts";
import type { CommandSetting } from "../receiver/command-line.ts";

/** What the customer carries home. Only what the way of selling gives her is there. */
export interface Handout {
  /** A program that carries its seller's token itself. */
  installer?: { name: string; bytes: Uint8Array };
  /** The text of `tallystick.token`, which lies beside the program on the medium. */
  sidecar?: string;
  /** What is printed on a card in the box, to be typed into the product. */
  code?: { kind: "serial" | "voucher"; text: string };
  /** What she may type at the checkout. */
  coupon?: string;
}

/** A copy that was sold: what she has, and what was done for it, a sentence each. */
export interface SoldCopy {
  handout: Handout;
  told: readonly string[];
}

/** What the vendor and the partner do it with: the receiver's own doors. */
export interface Market {
  addresses: Addresses;
  admin: Admin;
  setting: CommandSetting;
  /** A folder for the files that commands read. */
  folder: string;
}

/** A way to sell a copy so that its renewal can be told to be the partner's. */
export interface Way {
  name: string;
  /** How it works, in one sentence. */
  explained: string;
  /** What the journey says of the sale. */
  sentence: string;
  /** The kind of evidence that is to win. */
  evidence: "token" | "serial" | "voucher" | "email" | "coupon";
  /** Whether the copy itself learns who sold it. */
  copyKnows: boolean;
  /** @throws when the receiver refuses, with its reason */
  sell(market: Market, customer: Customer): Promise<SoldCopy>;
}
