/** What a product embeds. The protocol, for receivers and tools, is `@tallystick/sdk/protocol`. */
export type { Attribution, CaptureResult } from "./attribution/attribution.ts";
export { type CaptureAttempt, type Contradiction, defaultCarriers } from "./capture/capture.ts";
export type { Carrier, CarrierContext, CarrierFinding } from "./capture/carrier.ts";
export { createRenewalClient } from "./client/client.ts";
export type { RenewalClientOptions } from "./client/client-options.ts";
export { type OptionError, optionErrors, TallystickError } from "./client/errors.ts";
export type { LicenceResult } from "./client/licence-keeper.ts";
export type { ConsentResult, SendMode } from "./client/permission.ts";
export type { DeclineResult, ShownResult, SnoozeResult } from "./client/reminder-keeper.ts";
export type { Partner, RegisterOptions, RenewalClient } from "./client/renewal-client.ts";
export type { Timeline } from "./client/timeline.ts";
export { createFileTokenStore } from "./documents/file-token-store.ts";
export { createMemoryTokenStore } from "./documents/memory-token-store.ts";
export type { StoreProblem } from "./documents/problem.ts";
export type {
  DocumentName,
  ReadRefusal,
  StoreRead,
  StoreWrite,
  TokenStore,
} from "./documents/token-store.ts";
export type {
  BindingStatus,
  JsonWebKeySet,
  PublicJwk,
  TokenRefusal,
  UncheckedKeySet,
} from "./protocol/index.ts";
export type { OpenResult } from "./receiver/opening.ts";
export type { ReceiverFailure } from "./receiver/receiver.ts";
export type { RegisterResult } from "./receiver/registration.ts";
export type { RedeemResult } from "./receiver/voucher.ts";
export type { Licence, LicenceFault } from "./renewal/licence.ts";
export type { Reminder } from "./renewal/reminder.ts";
export type { SnoozeOption } from "./renewal/snooze.ts";
export type { Stage } from "./renewal/stage.ts";
export type { RenewalStatus } from "./renewal/status.ts";
export type { BrowserOutcome, OpenBrowser } from "./runtime/open-browser.ts";
export type { Surroundings } from "./runtime/surroundings.ts";
