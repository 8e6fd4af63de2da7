import type { MiddlewareHandler } from "hono";
import { createGuards } from "../../access/guards.ts";
import type { Deps } from "../../deps/deps.ts";
import { addDownloadRoutes } from "../../downloads/api/download-route.ts";
import { App } from "../../http/app.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { createMetrics, type Metrics } from "../../http/metrics.ts";
import { refusalResponse } from "../../http/problem.ts";
import { answerStrangers, type Concealed, timed, unkept } from "../../http/strangers.ts";
import { addWebhookRoutes } from "../../intake/api/webhook-route.ts";
import { type Recorder, recorderOn } from "../../intake/recorder.ts";
import { waitingRoomOn } from "../../intake/waiting-room.ts";
import { addWellKnownRoutes } from "../../keys/api/well-known-routes.ts";
import { addClickRoute } from "../../renewal/api/click-route.ts";
import type { Shop } from "../../shops/shop.ts";
import type { ShopName } from "../../words/ids.ts";
import { answerFailure, describeInvalid, onPages } from "../commands/failure.ts";
import { addApiRoutes } from "./api-routes.ts";
import { addDatabaseMetrics, hearing } from "./database-metrics.ts";
import { addDocsRoutes } from "./docs-routes.ts";
import { addHealthRoutes } from "./health-routes.ts";
import { knownSeries } from "./known-series.ts";
import { addOpenApiDocument } from "./openapi.ts";
import { addOutboxMetrics } from "./outbox-metrics.ts";
import { addPages, type PageOptions } from "./pages.ts";

/** What the routes need beside the shells' own needs. */
export interface AppOptions extends PageOptions {
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
  const { shops, recorder = recorderOn(given), metrics = createMetrics(knownSeries(given.config)) } = options;
  const { brand } = given.config;
  addOutboxMetrics(metrics, given);
  const shopMetrics = hearing(metrics, addDatabaseMetrics(metrics, given));
  const deps: Deps = { ...given, log: metrics.counting(given.log) };
  const app = new App({
    guards: createGuards(deps, options.adminToken),
    defaultHook: (result) =>
      result.success ? undefined : refusalResponse(describeInvalid(result.target, result.error)),
  });

  if (options.before) app.use(options.before);
  addClickRoute(app, deps, metrics);
  const intake = { ...deps, shops, recorder };
  addWebhookRoutes(app, { ...intake, waiting: waitingRoomOn(intake) }, shopMetrics);
  addDownloadRoutes(app, deps, metrics);

  for (const below of timedBelow) app.use(below, timed(metrics));
  app.use("/v1/*", unkept);
  addApiRoutes(app, deps);
  addPages(app, deps, metrics, options);
  addWellKnownRoutes(app, deps);
  addHealthRoutes(app, deps, metrics, options.isStopping);
  addOpenApiDocument(app);
  addDocsRoutes(app, brand);

  app.notFound(onPages(brand, answerStrangers(app, metrics, concealed)));
  app.onError(answerFailure(deps.log, brand));
  return app;
}
