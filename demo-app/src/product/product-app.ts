import { Hono } from "hono";
import { csrf } from "hono/csrf";
import type { Addresses } from "../addresses.ts";
import { noticeHeader, readNotice } from "../licence-notice.ts";
import { serveAssets, serveLook } from "../look/assets.ts";
import { guardPages, loopbackOnly } from "../look/page.ts";
import type { SalesCounter } from "../ways/sales-counter.ts";
import type { Copy } from "./copy.ts";
import { paintPage } from "./paint-page.ts";
import { addSellPage } from "./sell-route.ts";

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
  addSellPage(app, { counter, addresses });

  app.get("/", async (context) => context.html(paintPage(addresses, await copy.view())));
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
    return context.html(paintPage(addresses, await copy.view(), { typed, problem }), 422);
  });
  app.post("/renewal/open", async (context) => context.redirect(await copy.renew(), 303));
  app.post("/renewal/snooze", async (context) => {
    const { option } = await context.req.parseBody();
    if (option === "1d" || option === "3d" || option === "next_stage") copy.snooze(option);
    return context.redirect("/", 303);
  });
  app.post("/renewal/renewed", (context) => {
    copy.sayRenewed();
    return context.redirect("/", 303);
  });
  app.post("/licence/paid", async (context) => {
    const notice = readNotice(await context.req.text(), context.req.header(noticeHeader), licenceSecret);
    if (notice === undefined) return context.text("not signed by the store", 401);
    copy.take(notice);
    return context.text("ok");
  });
  return app;
}
