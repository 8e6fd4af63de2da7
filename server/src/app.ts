import { OpenAPIHono } from "@hono/zod-openapi";
import type { Deps } from "./deps.ts";
import { adminGuard } from "./http/admin-guard.ts";
import type { App, AppEnv } from "./http/app-env.ts";
import { answerClick } from "./http/click-route.ts";
import { addCouponRoutes } from "./http/coupon-routes.ts";
import { addDocsRoutes } from "./http/docs-routes.ts";
import { answerDownload } from "./http/download-route.ts";
import { addEmailAdminRoutes } from "./http/email-admin-routes.ts";
import { addEmailFormRoute } from "./http/email-form-route.ts";
import { addEmailPartnerRoutes } from "./http/email-partner-routes.ts";
import { answerFailure, describeInvalid } from "./http/failure.ts";
import { addHealthRoutes } from "./http/health-routes.ts";
import { addKeyRoutes } from "./http/key-routes.ts";
import { addLedgerRoutes } from "./http/ledger-routes.ts";
import { createMetrics, type Metrics } from "./http/metrics.ts";
import { addOpenApiDocument, describeHotRoutes } from "./http/openapi.ts";
import { addOrderRoutes } from "./http/order-routes.ts";
import { addOutboxMetrics } from "./http/outbox-metrics.ts";
import { addOutboxRoutes } from "./http/outbox-routes.ts";
import { partnerGuard, partnerPath } from "./http/partner-guard.ts";
import { addPartnerKeyRoutes } from "./http/partner-key-routes.ts";
import { addPartnerRoutes } from "./http/partner-routes.ts";
import { addPartnerWebhookRoutes } from "./http/partner-webhook-routes.ts";
import { refusalResponse } from "./http/problem.ts";
import { addRegistrationRoute } from "./http/registration-route.ts";
import { addSerialBatchRoutes } from "./http/serial-batch-routes.ts";
import { answerStranger, timed } from "./http/strangers.ts";
import { addTokenRoutes } from "./http/token-routes.ts";
import { addVoucherBatchRoutes } from "./http/voucher-batch-routes.ts";
import { addVoucherPage } from "./http/voucher-page-route.ts";
import { addVoucherRoute } from "./http/voucher-route.ts";
import { answerWebhook } from "./http/webhook-route.ts";
import { addWellKnownRoutes } from "./http/well-known-routes.ts";
import type { ShopName } from "./ids.ts";
import { type Recorder, recorderOn } from "./purchase/recorder.ts";
import type { Shop } from "./shops/shop.ts";

/** What the routes need beside the shells' own needs. */
export interface AppOptions {
  shops: ReadonlyMap<ShopName, Shop>;
  /** The bearer token of the admin API, at least 16 bytes. */
  adminToken: string;
  /** True once the receiver should get no more requests; `/readyz` says so. */
  isStopping?: () => boolean;
  /** What is counted, when other parts of the receiver count there too. */
  metrics?: Metrics;
  /** Who records what shops tell; on the store, in this thread, unless told. */
  recorder?: Recorder;
}

/**
 * The receiver's routes on a set of dependencies. Opens nothing and listens nowhere: `app.request(...)` answers
 * without a socket, `main.ts` puts it behind one.
 */
export function createApp(given: Deps, options: AppOptions): App {
  const { shops, adminToken, isStopping = () => false, metrics = createMetrics() } = options;
  addOutboxMetrics(metrics.registry, given);
  const { recorder = recorderOn(given) } = options;
  const deps: Deps = { ...given, log: metrics.counting(given.log) };
  const app = new OpenAPIHono<AppEnv>({
    defaultHook: (result) =>
      result.success ? undefined : refusalResponse(describeInvalid(result.target, result.error)),
  });

  app.get("/r/:product", answerClick(deps, metrics));
  const takeDelivery = answerWebhook({ ...deps, shops, recorder }, metrics);
  app.post("/webhooks/:shop", takeDelivery);
  app.post("/webhooks/:shop/:key", takeDelivery);
  const download = answerDownload(deps, metrics);
  app.get("/d/:product/:partner", download);
  app.get("/d/:product/:partner/:file", download);
  describeHotRoutes(app);

  app.use("/v1/*", timed(metrics), adminGuard(adminToken));
  app.use(`${partnerPath}*`, partnerGuard(deps));
  addRegistrationRoute(app, deps);
  addPartnerRoutes(app, deps);
  addPartnerKeyRoutes(app, deps);
  addPartnerWebhookRoutes(app, deps);
  addEmailPartnerRoutes(app, deps);
  addEmailAdminRoutes(app, deps);
  addTokenRoutes(app, deps);
  addVoucherRoute(app, deps);
  addVoucherBatchRoutes(app, deps);
  addSerialBatchRoutes(app, deps);
  addCouponRoutes(app, deps);
  addOrderRoutes(app, deps);
  addLedgerRoutes(app, deps);
  addOutboxRoutes(app, deps);
  addKeyRoutes(app, deps);

  addEmailFormRoute(app, deps, metrics);
  app.use("/voucher/*", timed(metrics));
  addVoucherPage(app, deps);
  addWellKnownRoutes(app, deps);
  addHealthRoutes(app, deps, metrics, isStopping);
  addOpenApiDocument(app);
  addDocsRoutes(app);

  app.notFound(answerStranger(app, metrics));
  app.onError(answerFailure(deps.log));
  return app;
}
