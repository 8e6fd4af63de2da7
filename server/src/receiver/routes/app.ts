import type { MiddlewareHandler } from "hono";
import { addPartnerKeyRoutes } from "../../access/api/partner-key-routes.ts";
import { createGuards } from "../../access/guards.ts";
import { addAccountPages } from "../../account/pages/account-routes.ts";
import { addAdjustmentRoutes } from "../../adjustments/api/adjustment-routes.ts";
import { addApprovalRoutes } from "../../approvals/api/approval-routes.ts";
import { addAuditRoutes } from "../../audit/api/audit-routes.ts";
import { addLedgerRoutes } from "../../books/api/ledger-routes.ts";
import { addAgreementRoutes } from "../../channel/api/agreement-routes.ts";
import { addOwnTreeRoutes } from "../../channel/api/own-tree-routes.ts";
import { addPartnerRoutes } from "../../channel/api/partner-routes.ts";
import { addTreeRoutes } from "../../channel/api/tree-routes.ts";
import type { Environment } from "../../config/load-config.ts";
import { providersOf } from "../../config/sign-in-config.ts";
import { addConflictRuleRoutes } from "../../conflict-rules/api/conflict-rule-routes.ts";
import { addConsolePages } from "../../console/pages/console-routes.ts";
import { addCouponRoutes } from "../../coupons/api/coupon-routes.ts";
import { addServiceNoticeRoutes } from "../../customer-notices/api/notice-routes.ts";
import { addStopNoticesRoutes } from "../../customer-notices/pages/stop-notices-route.ts";
import { addCustomerPartnerRoutes } from "../../customers/api/customer-partner-routes.ts";
import { addCustomerRoutes } from "../../customers/api/customer-routes.ts";
import { contactOfOrder } from "../../customers/shown-customers.ts";
import { addDealRoutes } from "../../deals/api/deal-routes.ts";
import type { Deps } from "../../deps/deps.ts";
import { addDisputeRoutes } from "../../disputes/api/dispute-routes.ts";
import { addPartnerDisputeRoutes } from "../../disputes/api/partner-dispute-routes.ts";
import { addDownloadRoutes } from "../../downloads/api/download-route.ts";
import { addPartnerFeedRoutes } from "../../feed/api/partner-feed-routes.ts";
import { App } from "../../http/app.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { createMetrics, type Metrics } from "../../http/metrics.ts";
import { refusalResponse } from "../../http/problem.ts";
import { answerStrangers, type Concealed, timed, unkept } from "../../http/strangers.ts";
import { addWebhookRoutes } from "../../intake/api/webhook-route.ts";
import { type Recorder, recorderOn } from "../../intake/recorder.ts";
import { waitingRoomOn } from "../../intake/waiting-room.ts";
import { addKeyRoutes } from "../../keys/api/key-routes.ts";
import { addWellKnownRoutes } from "../../keys/api/well-known-routes.ts";
import { addStopRoutes } from "../../mail/pages/stop-route.ts";
import { addMandateRoutes } from "../../mandates/api/mandate-routes.ts";
import { addOrderRoutes } from "../../orders/api/order-routes.ts";
import { addPartnerOrderRoutes } from "../../orders/api/partner-order-routes.ts";
import { addVerifyRoute } from "../../orders/api/verify-route.ts";
import { addOutboxRoutes } from "../../outbox/api/outbox-routes.ts";
import { addPartnerWebhookRoutes } from "../../outbox/api/partner-webhook-routes.ts";
import { addAssetRoutes } from "../../pages/api/asset-routes.ts";
import { addDetailsRoutes } from "../../partner-details/api/details-routes.ts";
import { addPayoutRoutes } from "../../payouts/api/payout-routes.ts";
import { addPeriodRoutes } from "../../periods/api/period-routes.ts";
import { addPartnerPlanRoutes } from "../../plans/api/partner-plan-routes.ts";
import { addPortal } from "../../portal/pages/portal.ts";
import { addEmailAdminRoutes } from "../../registered-emails/api/email-admin-routes.ts";
import { addEmailPartnerRoutes } from "../../registered-emails/api/email-partner-routes.ts";
import { addEmailFormRoute } from "../../registered-emails/pages/email-form-route.ts";
import { addClickRoute } from "../../renewal/api/click-route.ts";
import { addRegistrationRoute } from "../../renewal/api/registration-route.ts";
import { addReportRoutes } from "../../reports/api/report-routes.ts";
import { addPartnerRewardRoutes } from "../../rewards/api/partner-reward-routes.ts";
import { addRewardRoutes } from "../../rewards/api/reward-routes.ts";
import { readOrderRewards } from "../../rewards/order-rewards.ts";
import { addMovementRoutes } from "../../serials/api/movement-routes.ts";
import { addSerialBatchRoutes } from "../../serials/api/serial-batch-routes.ts";
import type { Shop } from "../../shops/shop.ts";
import { addSignInPages } from "../../sign-in/pages/sign-in.ts";
import { openProviders } from "../../sign-in/providers.ts";
import { addAnnouncementRoutes } from "../../simulations/api/announcement-routes.ts";
import { addPartnerStatementRoutes } from "../../statements/api/partner-statement-routes.ts";
import { addStatementRoutes } from "../../statements/api/statement-routes.ts";
import { addTokenRoutes } from "../../tokens/api/token-routes.ts";
import { addVoucherBatchRoutes } from "../../vouchers/api/voucher-batch-routes.ts";
import { addVoucherRoute } from "../../vouchers/api/voucher-route.ts";
import { addVoucherPage } from "../../vouchers/pages/voucher-page-route.ts";
import type { ShopName } from "../../words/ids.ts";
import { answerFailure, describeInvalid, onPages } from "../commands/failure.ts";
import { payoutBlocks } from "../payout-blocks.ts";
import { addDatabaseMetrics, hearing } from "./database-metrics.ts";
import { addDocsRoutes } from "./docs-routes.ts";
import { addHealthRoutes } from "./health-routes.ts";
import { knownSeries } from "./known-series.ts";
import { addOpenApiDocument } from "./openapi.ts";
import { addOutboxMetrics } from "./outbox-metrics.ts";

/** What the routes need beside the shells' own needs. */
export interface AppOptions {
  shops: ReadonlyMap<ShopName, Shop>;
  /** The bearer token of the admin API, at least 16 bytes. */
  adminToken: string;
  /** True once the receiver should get no more requests; `/readyz` says so. */
  isStopping?: () => boolean;
  /** What is counted, when other parts of the receiver count there too. */
  metrics?: Metrics;
  /** Comes before all routes. */
  before?: MiddlewareHandler<AppEnv>;
  /** Who records what shops tell; on the store, in this thread by default. */
  recorder?: Recorder;
  /** Where the secrets of shops and networks stand for what people do in the console. */
  env?: Environment;
  /** The secrets of the providers by which the vendor's people sign in, by the providers' ids. */
  providerSecrets?: ReadonlyMap<string, string>;
}

/**
 * Whoever is not let past learns nothing of what exists below these paths, the narrower first: what no route takes is
 * refused as if it were a route of these callers'.
 */
const concealed: readonly Concealed[] = [
  { below: "/v1/partner/", who: "partner" },
  { below: "/v1", who: "admin" },
];

/** Below which paths each request is timed by its route. The hot routes, mounted before these, time themselves. */
const timedBelow = ["/v1/*", "/console/*", "/account/*", "/voucher/*", "/sign-in/*", "/mail/*", "/portal/*"];

/**
 * The receiver's routes on a set of dependencies. Opens nothing and listens nowhere: `app.request(...)` answers
 * without a socket, `main.ts` puts it behind one.
 */
export function createApp(given: Deps, options: AppOptions): App {
  const {
    shops,
    adminToken,
    isStopping = () => false,
    providerSecrets = new Map(),
    metrics = createMetrics(knownSeries(given.config)),
  } = options;
  addOutboxMetrics(metrics, given);
  const listener = addDatabaseMetrics(metrics, given);
  const { recorder = recorderOn(given) } = options;
  const deps: Deps = { ...given, log: metrics.counting(given.log) };
  const app = new App({
    guards: createGuards(deps, adminToken),
    defaultHook: (result) =>
      result.success ? undefined : refusalResponse(describeInvalid(result.target, result.error)),
  });

  if (options.before) app.use(options.before);
  addClickRoute(app, deps, metrics);
  const intake = { ...deps, shops, recorder };
  addWebhookRoutes(app, { ...intake, waiting: waitingRoomOn(intake) }, hearing(metrics, listener));
  addDownloadRoutes(app, deps, metrics);

  for (const below of timedBelow) app.use(below, timed(metrics));
  app.use("/v1/*", unkept);
  addRegistrationRoute(app, deps);
  addPartnerRoutes(app, deps);
  addTreeRoutes(app, deps);
  addAgreementRoutes(app, deps);
  addDetailsRoutes(app, deps);
  addPartnerKeyRoutes(app, deps);
  addPartnerWebhookRoutes(app, deps);
  addEmailPartnerRoutes(app, deps);
  addEmailAdminRoutes(app, deps);
  addTokenRoutes(app, deps);
  addVoucherRoute(app, deps);
  addVoucherBatchRoutes(app, deps);
  addSerialBatchRoutes(app, deps);
  addMovementRoutes(app, deps);
  addCouponRoutes(app, deps);
  addOrderRoutes(app, deps, readOrderRewards);
  addLedgerRoutes(app, deps);
  addReportRoutes(app, deps);
  addAdjustmentRoutes(app, deps);
  addApprovalRoutes(app, deps);
  addPayoutRoutes(app, deps, payoutBlocks);
  addStatementRoutes(app, deps);
  addPartnerStatementRoutes(app, deps);
  addDisputeRoutes(app, deps);
  addPartnerDisputeRoutes(app, deps);
  addPartnerOrderRoutes(app, deps, contactOfOrder(deps));
  addPartnerFeedRoutes(app, deps);
  addDealRoutes(app, deps);
  addRewardRoutes(app, deps);
  addPartnerRewardRoutes(app, deps);
  addCustomerRoutes(app, deps);
  addCustomerPartnerRoutes(app, deps);
  addMandateRoutes(app, deps);
  addConflictRuleRoutes(app, deps);
  addPartnerPlanRoutes(app, deps);
  addAnnouncementRoutes(app, deps);
  addOwnTreeRoutes(app, deps);
  addPeriodRoutes(app, deps);
  addVerifyRoute(app, deps);
  addOutboxRoutes(app, deps);
  addKeyRoutes(app, deps);
  addAuditRoutes(app, deps);
  addServiceNoticeRoutes(app, deps);

  addAssetRoutes(app, deps.config.brand);
  addAccountPages(app, deps);
  addConsolePages(app, { ...deps, blocks: payoutBlocks, env: options.env ?? {} });
  addEmailFormRoute(app, deps, metrics);
  addVoucherPage(app, deps);
  const providers = openProviders(providersOf(deps.config.signIn), { ...deps, secrets: providerSecrets });
  addSignInPages(app, deps, providers);
  addStopRoutes(app, deps);
  addStopNoticesRoutes(app, deps);
  addPortal(app, deps);
  addWellKnownRoutes(app, deps);
  addHealthRoutes(app, deps, metrics, isStopping);
  addOpenApiDocument(app);
  addDocsRoutes(app, deps.config.brand);

  app.notFound(onPages(deps.config.brand, answerStrangers(app, metrics, concealed)));
  app.onError(answerFailure(deps.log, deps.config.brand));
  return app;
}
