import { loadLanguage } from "@tallystick/sdk/prompt";
import { type Context, Hono } from "hono";
import { csrf } from "hono/csrf";
import type { Addresses } from "../addresses.ts";
import { noticeHeader, readNotice } from "../licence-notice.ts";
import { serveAssets, serveLook } from "../look/assets.ts";
import { guardPages, loopbackOnly } from "../look/page.ts";
import type { SalesCounter } from "../ways/sales-counter.ts";
import type { Copy } from "./copy.ts";
import { paintPage } from "./paint-page.ts";
import { addSellPage } from "./sell-route.ts";
import { serveElement } from "./serve-element.ts";

/** What the prompt's element may tell the product; that she wants to renew leads her browser to the shop instead. */
const answerIds = ["snooze_1d", "snooze_3d", "snooze_next_stage", "decline", "renewed"] as const;

/** The customer's language, by what her browser says. */
const languageOf = (context: Context) =>
  loadLanguage(
    (context.req.header("accept-language") ?? "en").split(",").map((one) => one.split(";")[0]?.trim() ?? ""),
  );

/** What the site is made of. */
export interface ProductParts {
  copy: Copy;
  counter: SalesCounter;
  addresses: Addresses;
  /** Shared with the store, which signs its notices with it. */
  licenceSecret: string;
}

/** Acme Paint's window, and what its store tells it. */
export function createProductApp({ copy, counter, addresses, licenceSecret }: ProductParts): Hono {
  const app = new Hono();
  app.use(
    loopbackOnly,
    guardPages(() => [addresses.receiver, addresses.shop]),
    csrf(),
  );
  serveLook(app);
  serveAssets(app, new URL("./", import.meta.url), [
    "paint.css",
    "easel.css",
    "paint.js",
    "brushes.js",
    "starter.js",
    "window.js",
    "sell.css",
  ]);
  serveElement(app);
  addSellPage(app, { counter, addresses });

  app.get("/", async (context) => {
    const view = await copy.view(await languageOf(context));
    return context.html(paintPage(addresses, view, { asksKey: context.req.query("key") !== undefined }));
  });
  app.post("/clock", async (context) => {
    const { moment } = await context.req.parseBody();
    await copy.moveTo(String(moment));
    return context.redirect("/", 303);
  });
  app.post("/activation", async (context) => {
    const { code } = await context.req.parseBody();
    const typed = String(code).trim().slice(0, 100);
    const problem = await copy.activate(typed);
    if (problem === undefined) return context.redirect("/", 303);
    return context.html(paintPage(addresses, await copy.view(), { refused: { typed, problem } }), 422);
  });
  app.post("/renewal/open", async (context) => context.redirect(await copy.renew(), 303));
  app.post("/renewal/answer", async (context) => {
    const { id } = await context.req.parseBody();
    const known = answerIds.find((one) => one === id);
    if (known === undefined) return context.text("no such answer", 400);
    return context.json(await copy.answer(known, await languageOf(context)));
  });
  app.post("/licence/paid", async (context) => {
    const notice = readNotice(await context.req.text(), context.req.header(noticeHeader), licenceSecret);
    if (notice === undefined) return context.text("not signed by the store", 401);
    copy.take(notice);
    return context.text("ok");
  });
  return app;
}
