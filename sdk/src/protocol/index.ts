/** What the SDK and the receiver must agree on. PROTOCOL.md says the same in prose. */
export {
  type CryptoKey,
  createKeySet,
  type JsonWebKeySet,
  type KeySet,
  type PublicJwk,
  type UncheckedKeySet,
} from "./key-set.ts";
export {
  maxEmailLength,
  maxLicenceLength,
  type RenewalLinkParts,
  type RenewalQuery,
  readRenewalQuery,
  renewalLink,
  withoutTrailingSlash,
} from "./link.ts";
export {
  type BindingStatus,
  bindingStatuses,
  healthPath,
  maxSerialLength,
  partnerNamePattern,
  type RegistrationAnswer,
  type RegistrationRequest,
  registrationPath,
  type SerialRegistrationAnswer,
  type SerialRegistrationRequest,
  type SerialStatus,
  serialStatuses,
} from "./registration.ts";
export { TallystickError } from "./tallystick-error.ts";
export {
  type ParsedToken,
  parseToken,
  tokenType,
  type VerifiedToken,
  verifySignature,
  verifyToken,
} from "./token.ts";
export {
  type AttributionClaims,
  batchPattern,
  checkClaims,
  type ExpectedClaims,
  idPattern,
  issuedAtToleranceSeconds,
  issuerPattern,
  maxTokenBytes,
  tokenIdPattern,
} from "./token-claims.ts";
export { type TokenRefusal, tokenRefusals } from "./token-refusal.ts";
export {
  idempotencyKeyPattern,
  type VoucherAnswer,
  type VoucherRefusal,
  type VoucherRequest,
  voucherAnswerDays,
  voucherPagePath,
  voucherPath,
  voucherRefusals,
} from "./voucher.ts";
export {
  completeVoucherCode,
  groupVoucherCode,
  readVoucherCode,
  symbolOf,
  voucherCodeLength,
} from "./voucher-code.ts";
