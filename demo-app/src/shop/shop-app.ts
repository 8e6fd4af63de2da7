import { type Context, Hono } from "hono";
import { csrf } from "hono/csrf";
import type { Addresses } from "../addresses.ts";
import { serveAssets, serveLook } from "../look/assets.ts";
import { guardPages, loopbackOnly } from "../look/page.ts";
import { openForm, readForm } from "./checkout-form.ts";
import { checkoutPage } from "./checkout-page.ts";
import { type Order, refundableOf } from "./order.ts";
import { orderPage } from "./order-page.ts";
import { ordersPage } from "./orders-page.ts";
import { readAmount } from "./plan.ts";
import { receiptPage } from "./receipt-page.ts";
import type { Shop } from "./shop.ts";

/** The store's pages. */
export function createShopApp(shop: Shop, addresses: Addresses): Hono {
  const app = new Hono();
  app.use(
    loopbackOnly,
    guardPages(() => [addresses.receiver]),
    csrf(),
  );
  serveLook(app);
  serveAssets(app, new URL("./", import.meta.url), ["fresh.js", "shop.css"]);
  serveAssets(app, new URL("../backstage/", import.meta.url), ["backstage.css"]);

  const withDeliveries = (order: Order) => ({ order, deliveries: shop.deliveriesOf(order) });
  const orderOf = (context: Context) => shop.orders.find(context.req.param("id") ?? "");

  app.get("/", (context) => context.redirect("/checkout"));
  app.get("/checkout", (context) =>
    context.html(checkoutPage(addresses, openForm(new URL(context.req.url).searchParams))),
  );
  app.get("/orders", (context) =>
    context.html(ordersPage(addresses, shop.orders.list().map(withDeliveries))),
  );
  app.post("/orders", async (context) => {
    const reading = readForm(await context.req.parseBody());
    if ("problems" in reading)
      return context.html(checkoutPage(addresses, reading.form, reading.problems), 422);
    return context.redirect(`/orders/${shop.take(reading.request)[0]?.id}/receipt`, 303);
  });

  app.get("/orders/:id/receipt", (context) => {
    const order = orderOf(context);
    return order === undefined ? context.notFound() : context.html(receiptPage(addresses, order));
  });
  app.get("/orders/:id", (context) => {
    const order = orderOf(context);
    return order === undefined
      ? context.notFound()
      : context.html(orderPage(addresses, withDeliveries(order)));
  });
  app.post("/orders/:id/refunds", async (context) => {
    const order = orderOf(context);
    if (order === undefined) return context.notFound();
    const { how, amount, line } = await context.req.parseBody();
    const amountMinor = how === "all" ? refundableOf(order) : readAmount(String(amount));
    const problem =
      line !== undefined
        ? shop.refundLine(order, Number(line))
        : amountMinor === undefined
          ? "Write an amount such as 12.50."
          : shop.refund(order, amountMinor);
    if (problem !== undefined) return context.html(orderPage(addresses, withDeliveries(order), problem), 422);
    return context.redirect(`/orders/${order.id}`, 303);
  });
  app.post("/orders/:id/refunds/:refund/failed", (context) => {
    const order = orderOf(context);
    if (order === undefined) return context.notFound();
    shop.failRefund(order, context.req.param("refund"));
    return context.redirect(`/orders/${order.id}`, 303);
  });
  app.post("/orders/:id/disputes", async (context) => {
    const order = orderOf(context);
    if (order === undefined) return context.notFound();
    const { status } = await context.req.parseBody();
    if (status === "open" || status === "won" || status === "lost") shop.dispute(order, status);
    return context.redirect(`/orders/${order.id}`, 303);
  });
  app.post("/orders/:id/deliveries/:delivery", (context) => {
    shop.sendAgain(context.req.param("delivery"));
    return context.redirect(`/orders/${context.req.param("id")}`, 303);
  });
  return app;
}
