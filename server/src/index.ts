/**
 * What a program of its own needs: to run a receiver, and to stamp files. README.md and docs/stamping.md show both.
 * Everything else is done by the command line or over HTTP.
 */

export type { ConflictClass, ConflictRule } from "./attribution/conflict-rule.ts";
export type { EvidenceKind, Policy } from "./attribution/evidence.ts";
export type { SuspicionCode, SuspicionPolicies } from "./attribution/suspicion-codes.ts";
export type { AdjustmentsConfig } from "./config/adjustments-config.ts";
export type { ApprovalsConfig } from "./config/approvals-config.ts";
export type { Brand } from "./config/brand-config.ts";
export type { Config, ProductConfig } from "./config/config.ts";
export { ConfigError, type ConfigProblem } from "./config/config-error.ts";
export type { DisputesConfig } from "./config/disputes-config.ts";
export type { LimitScope, RateLimit, ScopeLimits } from "./config/limits-config.ts";
export { type Environment, loadConfig } from "./config/load-config.ts";
export type { MailConfig } from "./config/mail-config.ts";
export type { NetworkConfig } from "./config/network-config.ts";
export type { JsonTemplate } from "./config/network-template.ts";
export type { OutboxConfig } from "./config/outbox-config.ts";
export type { PayoutsConfig } from "./config/payouts-config.ts";
export type { ConsentConfig } from "./config/registered-emails-config.ts";
export type { SecretSource } from "./config/secret-source.ts";
export type { ShopConfig } from "./config/shop-config.ts";
export type { SignInConfig } from "./config/sign-in-config.ts";
export type { StatementsConfig, VendorConfig } from "./config/statements-config.ts";
export type { TrustConfig } from "./config/trust-config.ts";
export { createLog, type LineSink, type LogLevel } from "./deps/log-writer.ts";
export { StartError } from "./receiver/start/listen.ts";
export { type ServeOptions, serve } from "./receiver/start/serve.ts";
export {
  type Receiver,
  type StartOptions,
  startReceiver,
} from "./receiver/start/start-receiver.ts";
export { type PlannedBytes, type StampFileOptions, stampFile } from "./stamp/apply-plan.ts";
export { type FileSource, openFileSource } from "./stamp/file-source.ts";
export { planRemoval, planStamp } from "./stamp/plan-stamp.ts";
export { StampFileError, type StampFileErrorCode } from "./stamp/stamp-file-error.ts";
export type { Patch, StampPlan } from "./stamp/stamp-plan.ts";
export { type Clock, type Instant, instant } from "./words/clock.ts";
export type { Branded, ProductId, ShopName } from "./words/ids.ts";
export type { Log, LogEvent, LogFieldName, LogFields } from "./words/log.ts";
