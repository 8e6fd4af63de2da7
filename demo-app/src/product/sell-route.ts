import type { Hono } from "hono";
import type { Addresses } from "../addresses.ts";
import type { SalesCounter } from "../ways/sales-counter.ts";
import { isWayId } from "../ways/ways.ts";
import { sellPage } from "./sell-page.ts";

/** The page on which a person chooses how the next copy is sold, and sees what was done for it. */
export function addSellPage(
  app: Hono,
  { counter, addresses }: { counter: SalesCounter; addresses: Addresses },
): void {
  app.get("/sell", (context) => context.html(sellPage(addresses, { sale: counter.last })));
  app.post("/sell", async (context) => {
    const { way } = await context.req.parseBody();
    const again = (problem: string, status: 422 | 502) =>
      context.html(sellPage(addresses, { sale: counter.last, problem }), status);
    if (!isWayId(way)) return again("Please choose one of the ways.", 422);
    try {
      await counter.install(await counter.sell(way));
      return context.redirect("/sell#sold", 303);
    } catch (cause) {
      return again(`The copy could not be sold: ${reasonOf(cause)}`, 502);
    }
  });
}

/** Node's fetch says no more than that it failed. */
function reasonOf(cause: unknown): string {
  if (cause instanceof TypeError) return "the receiver does not answer. You can start it behind the scenes.";
  return cause instanceof Error ? cause.message : String(cause);
}
