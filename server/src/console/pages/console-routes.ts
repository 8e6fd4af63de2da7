import type { App } from "../../http/app.ts";
import { type People, route } from "../../http/route.ts";
import { Refusal } from "../../words/refusal.ts";
import { type VendorRole, vendorRoles } from "../../words/roles.ts";
import { type ConsoleDeps, type Desk, openDesk, refusalPage } from "./desk.ts";
import { disputePage, disputesPage, ruleOnDispute } from "./dispute-pages.ts";
import { firstPage } from "./first-page.ts";
import { heldPage, rule, rulePage } from "./held-pages.ts";
import { correct, correctPage, resolve, resolvePage } from "./order-actions.ts";
import { ordersPage, searchPage } from "./order-pages.ts";
import { orderPage } from "./order-record.ts";
import { partnerPage } from "./partner-page.ts";
import { partnersPage, treePage } from "./partner-pages.ts";
import { approve, cancel, payoutPage, payoutsPage } from "./payout-pages.ts";
import { close, closePage, periodsPage } from "./period-pages.ts";
import { assign, assignPage } from "./plan-assignment.ts";
import { editPlanPage, planPage, plansPage, savePlan } from "./plan-pages.ts";
import { auditPage, drop, keysPage, messagePage, outboxPage, replay } from "./running-pages.ts";
import { statementPage, statementsPage } from "./statement-pages.ts";

/** Sees everything. */
const readers: readonly VendorRole[] = vendorRoles;
/** Rules on orders, and thereby on money. */
const rulers: readonly VendorRole[] = ["owner", "finance", "channel"];
/** Says what partners are paid. */
const planners: readonly VendorRole[] = ["owner", "channel"];
/** Sends money on its way. */
const payers: readonly VendorRole[] = ["owner", "finance"];
/** Keeps the machine running. */
const keepers: readonly VendorRole[] = ["owner", "support"];

type Show = (desk: Desk, params: Readonly<Record<string, string>>) => Promise<Response>;
/** `fresh` asks for a sign-in of a short while ago: what moves money. */
type ConsoleRoute = readonly [
  method: "get" | "post",
  path: string,
  roles: readonly VendorRole[],
  show: Show,
  fresh?: "fresh",
];

const orderOf = ({ shop = "", id = "" }: Readonly<Record<string, string>>) => ({ shop, order: id });

/** Every page of the console, with who may open it. The more particular path stands first. */
const routes: readonly ConsoleRoute[] = [
  ["get", "/console", readers, firstPage],
  ["get", "/console/search", readers, searchPage],
  ["get", "/console/orders", readers, ordersPage],
  [
    "get",
    "/console/orders/{shop}/{id}",
    readers,
    (desk, { shop = "", id = "" }) => orderPage(desk, shop, id),
  ],
  [
    "get",
    "/console/orders/{shop}/{id}/resolve",
    rulers,
    (desk, params) => resolvePage(desk, orderOf(params)),
  ],
  ["post", "/console/orders/{shop}/{id}/resolve", rulers, (desk, params) => resolve(desk, orderOf(params))],
  [
    "get",
    "/console/orders/{shop}/{id}/correct",
    rulers,
    (desk, params) => correctPage(desk, orderOf(params)),
  ],
  ["post", "/console/orders/{shop}/{id}/correct", rulers, (desk, params) => correct(desk, orderOf(params))],
  ["get", "/console/held", readers, heldPage],
  ["get", "/console/held/rule", rulers, (desk) => rulePage(desk)],
  ["post", "/console/held/rule", rulers, rule],
  ["get", "/console/disputes", readers, disputesPage],
  ["get", "/console/disputes/{id}", readers, (desk, { id = "" }) => disputePage(desk, id)],
  ["post", "/console/disputes/{id}/rule", rulers, (desk, { id = "" }) => ruleOnDispute(desk, id)],
  ["get", "/console/partners", readers, partnersPage],
  ["get", "/console/partners/{id}", readers, (desk, { id = "" }) => partnerPage(desk, id)],
  ["get", "/console/tree", readers, treePage],
  ["get", "/console/plans", readers, plansPage],
  ["get", "/console/plans/edit", planners, (desk) => editPlanPage(desk)],
  ["post", "/console/plans/edit", planners, savePlan],
  ["get", "/console/plans/assign", planners, (desk) => assignPage(desk)],
  ["post", "/console/plans/assign", planners, assign],
  ["get", "/console/plans/{id}", readers, (desk, { id = "" }) => planPage(desk, id)],
  ["get", "/console/periods", readers, periodsPage],
  ["get", "/console/periods/{id}/close", payers, (desk, { id = "" }) => closePage(desk, id)],
  ["post", "/console/periods/{id}/close", payers, (desk, { id = "" }) => close(desk, id), "fresh"],
  ["get", "/console/statements", readers, statementsPage],
  ["get", "/console/statements/{id}", readers, (desk, { id = "" }) => statementPage(desk, id)],
  ["get", "/console/payouts", readers, payoutsPage],
  ["get", "/console/payouts/{id}", readers, (desk, { id = "" }) => payoutPage(desk, id)],
  ["post", "/console/payouts/{id}/approve", payers, (desk, { id = "" }) => approve(desk, id), "fresh"],
  ["post", "/console/payouts/{id}/cancel", payers, (desk, { id = "" }) => cancel(desk, id), "fresh"],
  ["get", "/console/outbox", readers, outboxPage],
  ["get", "/console/outbox/{id}", readers, (desk, { id = "" }) => messagePage(desk, id)],
  ["post", "/console/outbox/{id}/replay", keepers, (desk, { id = "" }) => replay(desk, id)],
  ["post", "/console/outbox/{id}/drop", keepers, (desk, { id = "" }) => drop(desk, id)],
  ["get", "/console/audit", readers, auditPage],
  ["get", "/console/keys", readers, keysPage],
];

/** The vendor's console. */
export function addConsolePages(app: App, deps: ConsoleDeps): void {
  for (const [method, path, roles, show, fresh] of routes) {
    const who: People = { vendor: roles, ...(fresh === undefined ? {} : { fresh: true }) };
    const declared = route({
      who,
      operationId: `console ${method} ${path}`,
      hide: true,
      method,
      path,
      responses: { 200: { description: "The page" } },
    });
    app.serve(declared, async (c) => {
      const desk = await openDesk(deps, c);
      try {
        return await show(desk, c.req.param() as Record<string, string>);
      } catch (error) {
        if (error instanceof Refusal) return refusalPage(desk, error);
        throw error;
      }
    });
  }
}
