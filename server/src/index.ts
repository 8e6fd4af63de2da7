/** Everything an own program needs to run or to embed a receiver. The command line is a program of this kind. */
export { type AppOptions, createApp } from "./app.ts";
export { type Balance, readBalances } from "./balances.ts";
export {
  addPartner,
  listPartners,
  type NewPartner,
  type Partner,
  showPartner,
} from "./channel/partners.ts";
export { type Clock, type Instant, instant, systemClock } from "./clock.ts";
export type { Config, ProductConfig } from "./config/config.ts";
export { ConfigError, type ConfigProblem } from "./config/config-error.ts";
export { type Environment, loadConfig, parseConfig } from "./config/load-config.ts";
export type { SecretSource } from "./config/secret-source.ts";
export { readSecret, readServerSecrets } from "./config/secrets.ts";
export type { ShopConfig, ShopSettings } from "./config/shop-config.ts";
export type { Deps } from "./deps.ts";
export type { App } from "./http/app-env.ts";
export { as, type PartnerId, type ProductId, type ShopName } from "./ids.ts";
export { listKeys, revokeKey, rotateKey, type SigningKey } from "./keys/signing-keys.ts";
export { type ExportFormat, exportFormats, exportLedger } from "./ledger-export.ts";
export { type ReleaseReport, releaseDue } from "./ledger-release.ts";
export { type LedgerReport, verifyLedger } from "./ledger-verify.ts";
export { type Log, type LogEvent, type LogFields, logEvents, logFieldNames } from "./log.ts";
export { createLog, type LineSink } from "./log-writer.ts";
export { type Receiver, StartError, type StartOptions, serve, startReceiver } from "./main.ts";
export { type OpenDepsOptions, type OpenedDeps, openDeps } from "./open-deps.ts";
export {
  type DecisionRecord,
  explainOrder,
  listOrders,
  type OrderFilter,
  type OrderPage,
  type OrderSummary,
} from "./orders.ts";
export type { ConcealedEvent, ConcealedSale } from "./purchase/conceal-event.ts";
export type { Recorder, Recording, ToRecord } from "./purchase/recorder.ts";
export { Refusal, type RefusalCode } from "./refusal.ts";
export { openShops, ShopConfigError } from "./shops/open-shops.ts";
export type { Shop } from "./shops/shop.ts";
export { type PlannedBytes, patchedRange, type StampFileOptions, stampFile } from "./stamp/apply-plan.ts";
export { type FileSource, openFileSource } from "./stamp/file-source.ts";
export { planRemoval, planStamp } from "./stamp/plan-stamp.ts";
export { StampFileError, type StampFileErrorCode } from "./stamp/stamp-file-error.ts";
export type { Patch, StampPlan } from "./stamp/stamp-plan.ts";
export {
  type IssuedToken,
  issueToken,
  revokeToken,
  type TokenOrder,
  type TokenRecord,
  verifyIssuedToken,
} from "./tokens.ts";
export type { VoucherBatch } from "./vouchers/batch.ts";
export {
  listVoucherBatches,
  type RevokedVoucher,
  revokeVoucher,
  revokeVoucherBatch,
  type VoucherBatchFilter,
  type VoucherBatchPage,
} from "./vouchers/batches.ts";
export { type IssuedVoucher, issueVouchers, openVoucherBatch, type VoucherOrder } from "./vouchers/issue.ts";
export { type RedeemedVoucher, redeemVoucher, type VoucherToRedeem } from "./vouchers/redeem.ts";
