import { addPartnerKeyRoutes } from "../../access/api/partner-key-routes.ts";
import { addAdjustmentRoutes } from "../../adjustments/api/adjustment-routes.ts";
import { addApprovalRoutes } from "../../approvals/api/approval-routes.ts";
import { addAuditRoutes } from "../../audit/api/audit-routes.ts";
import { addLedgerRoutes } from "../../books/api/ledger-routes.ts";
import { addAgreementRoutes } from "../../channel/api/agreement-routes.ts";
import { addOwnTreeRoutes } from "../../channel/api/own-tree-routes.ts";
import { addPartnerRoutes } from "../../channel/api/partner-routes.ts";
import { addTreeRoutes } from "../../channel/api/tree-routes.ts";
import { addConflictRuleRoutes } from "../../conflict-rules/api/conflict-rule-routes.ts";
import { addCouponRoutes } from "../../coupons/api/coupon-routes.ts";
import { addServiceNoticeRoutes } from "../../customer-notices/api/notice-routes.ts";
import { addCustomerPartnerRoutes } from "../../customers/api/customer-partner-routes.ts";
import { addCustomerRoutes } from "../../customers/api/customer-routes.ts";
import { contactOfOrder } from "../../customers/shown-customers.ts";
import { addDealRoutes } from "../../deals/api/deal-routes.ts";
import type { Deps } from "../../deps/deps.ts";
import { addDisputeRoutes } from "../../disputes/api/dispute-routes.ts";
import { addPartnerDisputeRoutes } from "../../disputes/api/partner-dispute-routes.ts";
import { addPartnerFeedRoutes } from "../../feed/api/partner-feed-routes.ts";
import type { App } from "../../http/app.ts";
import { addKeyRoutes } from "../../keys/api/key-routes.ts";
import { addMandateRoutes } from "../../mandates/api/mandate-routes.ts";
import { addOrderRoutes } from "../../orders/api/order-routes.ts";
import { addPartnerOrderRoutes } from "../../orders/api/partner-order-routes.ts";
import { addVerifyRoute } from "../../orders/api/verify-route.ts";
import { addOutboxRoutes } from "../../outbox/api/outbox-routes.ts";
import { addPartnerWebhookRoutes } from "../../outbox/api/partner-webhook-routes.ts";
import { addDetailsRoutes } from "../../partner-details/api/details-routes.ts";
import { addPayoutRoutes } from "../../payouts/api/payout-routes.ts";
import { addPeriodRoutes } from "../../periods/api/period-routes.ts";
import { addPartnerPlanRoutes } from "../../plans/api/partner-plan-routes.ts";
import { addEmailAdminRoutes } from "../../registered-emails/api/email-admin-routes.ts";
import { addEmailPartnerRoutes } from "../../registered-emails/api/email-partner-routes.ts";
import { addRegistrationRoute } from "../../renewal/api/registration-route.ts";
import { addReportRoutes } from "../../reports/api/report-routes.ts";
import { addPartnerRewardRoutes } from "../../rewards/api/partner-reward-routes.ts";
import { addRewardRoutes } from "../../rewards/api/reward-routes.ts";
import { readOrderRewards } from "../../rewards/order-rewards.ts";
import { addMovementRoutes } from "../../serials/api/movement-routes.ts";
import { addSerialBatchRoutes } from "../../serials/api/serial-batch-routes.ts";
import { addAnnouncementRoutes } from "../../simulations/api/announcement-routes.ts";
import { addPartnerStatementRoutes } from "../../statements/api/partner-statement-routes.ts";
import { addStatementRoutes } from "../../statements/api/statement-routes.ts";
import { addTokenRoutes } from "../../tokens/api/token-routes.ts";
import { addVoucherBatchRoutes } from "../../vouchers/api/voucher-batch-routes.ts";
import { addVoucherRoute } from "../../vouchers/api/voucher-route.ts";
import { payoutBlocks } from "../payout-blocks.ts";

/** The routes of the API below `/v1`, in the order in which the OpenAPI document has them. */
const apiRoutes: readonly ((app: App, deps: Deps) => void)[] = [
  addRegistrationRoute,
  addPartnerRoutes,
  addTreeRoutes,
  addAgreementRoutes,
  addDetailsRoutes,
  addPartnerKeyRoutes,
  addPartnerWebhookRoutes,
  addEmailPartnerRoutes,
  addEmailAdminRoutes,
  addTokenRoutes,
  addVoucherRoute,
  addVoucherBatchRoutes,
  addSerialBatchRoutes,
  addMovementRoutes,
  addCouponRoutes,
  (app, deps) => addOrderRoutes(app, deps, readOrderRewards),
  addLedgerRoutes,
  addReportRoutes,
  addAdjustmentRoutes,
  addApprovalRoutes,
  (app, deps) => addPayoutRoutes(app, deps, payoutBlocks),
  addStatementRoutes,
  addPartnerStatementRoutes,
  addDisputeRoutes,
  addPartnerDisputeRoutes,
  (app, deps) => addPartnerOrderRoutes(app, deps, contactOfOrder(deps)),
  addPartnerFeedRoutes,
  addDealRoutes,
  addRewardRoutes,
  addPartnerRewardRoutes,
  addCustomerRoutes,
  addCustomerPartnerRoutes,
  addMandateRoutes,
  addConflictRuleRoutes,
  addPartnerPlanRoutes,
  addAnnouncementRoutes,
  addOwnTreeRoutes,
  addPeriodRoutes,
  addVerifyRoute,
  addOutboxRoutes,
  addKeyRoutes,
  addAuditRoutes,
  addServiceNoticeRoutes,
];

/** Adds the API of the vendor, of partners and of copies. */
export function addApiRoutes(app: App, deps: Deps): void {
  for (const addRoutes of apiRoutes) addRoutes(app, deps);
}
