import type { Attribution, CaptureResult } from "../attribution/attribution.ts";
import type { StoreProblem } from "../documents/problem.ts";
import type { OpenResult } from "../receiver/opening.ts";
import type { RegisterResult } from "../receiver/registration.ts";
import type { RedeemResult } from "../receiver/voucher.ts";
import type { Licence } from "../renewal/licence.ts";
import type { Reminder } from "../renewal/reminder.ts";
import type { SnoozeOption } from "../renewal/snooze.ts";
import type { RenewalStatus } from "../renewal/status.ts";
import type { LicenceResult } from "./licence-keeper.ts";
import type { ConsentResult } from "./permission.ts";
import type { DeclineResult, ShownResult, SnoozeResult } from "./reminder-keeper.ts";
import type { Timeline } from "./timeline.ts";

/** What a product talks to. After the client is made nothing throws: outcomes are values with a stable `code`. */
export interface RenewalClient {
  /** Which partner handed this copy out. */
  attribution: {
    /** Call at each start: finds, verifies and stores the token, once. Costs one small read when it has been done. */
    capture(options?: { token?: string | undefined }): Promise<CaptureResult>;
    /** Who handed this copy out; `null` when nobody is known. */
    get(): Promise<Attribution | null>;
  };
  /** Which licence this copy has, and until when. */
  license: {
    /** Says which licence this copy has, at each start or when it changes. It is kept. A new end begins a new term. */
    set(licence: Licence): LicenceResult;
    /** The licence that was set last, in an earlier process too; `null` when none was. */
    get(): Licence | null;
  };
  /** Where the licence stands now. */
  status(): RenewalStatus;
  /** The prompt that is due, or `null`. Say `markShown()` when it is on the screen. */
  reminder(): Reminder | null;
  /** Notes that the prompt is on the screen: its stage is not due again. `nothing_due`: it must not be shown. */
  markShown(): ShownResult;
  /** The customer puts the prompt off: for one of the reminder's `snoozeOptions`, never past the licence's end. */
  snooze(option: SnoozeOption): SnoozeResult;
  /** The customer says no: no prompt is due until the licence has a new term. */
  decline(): DeclineResult;
  /** Who sold this copy, with the name to show; `name` is `null` until the receiver has told it. `null`: nobody is known. */
  partner(): Partner | null;
  /** With `send: "withConsent"`: what the customer said. It is kept. */
  consent(given: boolean): ConsentResult;
  /** The dates that a prompt is made of. */
  timeline(): Timeline;
  /** For a product that runs for weeks: counts as a new process start, such as when its window is opened again. */
  beginSession(): void;
  /** The renewal link, made offline. */
  renewalUrl(): Promise<string>;
  /** Opens the link in the customer's browser, or the shop when the receiver gives no sign of life within 1.5 seconds. */
  openRenewal(): Promise<OpenResult>;
  /**
   * Binds the licence to the token's partner, or to the partner who sold the serial that the copy was activated with,
   * whose token is then kept. May be called at every start.
   */
  register(options?: RegisterOptions): Promise<RegisterResult>;
  /** Exchanges a voucher for a serial, as the customer typed it. An answer that was lost is given again. */
  redeemVoucher(code: string): Promise<RedeemResult>;
  /** What was kept and could not be used, or could not be kept. */
  problems(): StoreProblem[];
  /** Resolves when nothing is under way in the background: for tests, and before a short-lived program exits. */
  idle(): Promise<void>;
}

/** How a copy is registered. */
export interface RegisterOptions {
  /** What the copy was activated with, in place of a token. */
  serial?: string | undefined;
  /**
   * Whether the receiver is told when the licence ends, so that who sold its term has its renewal, and the customer can be
   * reminded. Never by default, and never before `send` lets a registration leave the device.
   */
  tellTerm?: boolean | undefined;
}

/** Who sold a copy. */
export interface Partner {
  /** The partner's id at the vendor, such as `north-shop`. */
  id: string;
  /** The display name. `null`: this copy has not registered yet, or the receiver did not tell it. */
  name: string | null;
}
