/** Everything an own program needs to run or to embed a receiver. The command line is a program of this kind. */

export { type Balance, readBalances } from "./books/balances.ts";
export { type ExportFormat, exportFormats, exportLedger } from "./books/export.ts";
export {
  addPartner,
  listPartners,
  type NewPartner,
  type Partner,
  showPartner,
} from "./channel/partners.ts";
export type { Config, ProductConfig } from "./config/config.ts";
export { ConfigError, type ConfigProblem } from "./config/config-error.ts";
export { type Environment, loadConfig, parseConfig } from "./config/load-config.ts";
export type { SecretSource } from "./config/secret-source.ts";
export { readSecret, readServerSecrets } from "./config/secrets.ts";
export type { ShopConfig, ShopSettings } from "./config/shop-config.ts";
export type { Deps } from "./deps/deps.ts";
export { createLog, type LineSink } from "./deps/log-writer.ts";
export type { OpenedDeps } from "./deps/open-deps.ts";
export type { ConcealedEvent, ConcealedSale } from "./events/conceal-event.ts";
export type { App } from "./http/app.ts";
export type { Recorder, Recording, ToRecord } from "./intake/recorder.ts";
export { listKeys, revokeKey, rotateKey, type SigningKey } from "./keys/signing-keys.ts";
export {
  type DecisionRecord,
  explainOrder,
  listOrders,
  type OrderFilter,
  type OrderPage,
  type OrderSummary,
} from "./orders/orders.ts";
export { type ReleaseReport, releaseDue } from "./orders/release.ts";
export { type LedgerReport, verifyLedger } from "./orders/verify.ts";
export { type AppOptions, createApp } from "./receiver/app.ts";
export { type OpenDepsOptions, openDeps } from "./receiver/open-deps.ts";
export { type ServeOptions, serve } from "./receiver/serve.ts";
export {
  type Receiver,
  StartError,
  type StartOptions,
  startReceiver,
} from "./receiver/start-receiver.ts";
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
} from "./tokens/tokens.ts";
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
export { type Clock, type Instant, instant, systemClock } from "./words/clock.ts";
export { as, type PartnerId, type ProductId, type ShopName } from "./words/ids.ts";
export { type Log, type LogEvent, type LogFields, logEvents, logFieldNames } from "./words/log.ts";
export { Refusal, type RefusalCode } from "./words/refusal.ts";
