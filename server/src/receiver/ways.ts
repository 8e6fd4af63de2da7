import { findCouponEvidence } from "../coupons/coupon-evidence.ts";
import { couponProofs } from "../coupons/coupon-proofs.ts";
import { hearBuyer } from "../customers/hear-buyer.ts";
import { findDealEvidence } from "../deals/deal-evidence.ts";
import { findRulingEvidence } from "../orders/decide/ruling-evidence.ts";
import type { Ways } from "../orders/decide/ways.ts";
import { rulingProofs } from "../orders/verify/ruling-proofs.ts";
import { findPayee } from "../people/find-payee.ts";
import { findEmailEvidence } from "../registered-emails/email-evidence.ts";
import { findAddresses } from "../registered-emails/find-addresses.ts";
import { findBindingEvidence } from "../renewal/binding-evidence.ts";
import { findClickEvidence } from "../renewal/click-evidence.ts";
import { findClaim } from "../renewal/find-claim.ts";
import { findClick } from "../renewal/rows/clicks.ts";
import { tokenProofs } from "../renewal/token-proofs.ts";
import { findTerms } from "../renewal/told-terms.ts";
import { findSerialEvidence } from "../serials/serial-evidence.ts";
import { serialProofs } from "../serials/serial-proofs.ts";
import { findVoucherEvidence } from "../vouchers/voucher-evidence.ts";
import { voucherProofs } from "../vouchers/voucher-proofs.ts";

/** Every way in which a sold copy remembers its seller: a new one is a room and a line here. */
export const ways: Ways = {
  findClick,
  findClaim,
  findTerms,
  hearBuyer,
  findAddresses,
  findPayee,
  sources: [
    findRulingEvidence,
    findClickEvidence,
    findBindingEvidence,
    findCouponEvidence,
    findEmailEvidence,
    findDealEvidence,
    findVoucherEvidence,
    findSerialEvidence,
  ],
  proofs: [...rulingProofs, ...tokenProofs, ...couponProofs, ...voucherProofs, ...serialProofs],
};
