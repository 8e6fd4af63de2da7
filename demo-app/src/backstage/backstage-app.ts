import { Hono } from "hono";
import type { Addresses } from "../addresses.ts";
import type { Admin, Balance, DecisionRecord, OrderSummary } from "../receiver/admin.ts";
import type { Receiver } from "../receiver/receiver.ts";
import { type BackstageView, backstagePage } from "./backstage-page.ts";

/** What the page is read from. */
export interface BackstageParts {
  addresses: Addresses;
  admin: Admin;
  receiver: Receiver;
}

const shownLines = 40;

/** The page behind the scenes, below the path it is mounted on. */
export function createBackstage({ addresses, admin, receiver }: BackstageParts): Hono {
  const app = new Hono();
  app.get("/", async (context) => {
    const view = await look(context.req.query("order"));
    return context.html(backstagePage(addresses, view));
  });
  app.post("/receiver", async (context) => {
    const { wish } = await context.req.parseBody();
    if (wish === "stop") await receiver.stop();
    if (wish === "start") await receiver.start();
    return context.redirect("/behind-the-scenes", 303);
  });

  async function look(wanted: string | undefined): Promise<BackstageView> {
    const { isRunning } = receiver;
    const log = receiver.log.all.slice(-shownLines).reverse();
    const nothing = { isRunning, log, orders: [], record: undefined, balances: [] };
    if (!isRunning) return { ...nothing, problem: "The receiver is stopped, so there is nothing to read." };
    try {
      return { isRunning, log, problem: undefined, ...(await read(wanted)) };
    } catch (cause) {
      return { ...nothing, problem: `The receiver did not answer as expected: ${(cause as Error).message}` };
    }
  }

  async function read(wanted: string | undefined) {
    const { orders } = await admin.get<{ orders: OrderSummary[] }>("/v1/orders?limit=12");
    const chosen = orders.find(({ order }) => order === wanted) ?? orders[0];
    const [record, balances] = await Promise.all([
      chosen && admin.get<DecisionRecord>(`/v1/orders/${chosen.shop}/${encodeURIComponent(chosen.order)}`),
      admin.get<Balance[]>("/v1/ledger/balances"),
    ]);
    return { orders, record, balances };
  }
  return app;
}
