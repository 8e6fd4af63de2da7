import type { App } from "../../http/app.ts";
import { type People, route } from "../../http/route.ts";
import { Refusal } from "../../words/refusal.ts";
import { adjustPage, enterAdjustment } from "./adjustment-entry.ts";
import { adjustmentPage, adjustmentsPage, decideAdjustment, reverse } from "./adjustment-pages.ts";
import {
  answerers,
  type ConsoleRoute,
  keepers,
  owners,
  type Params,
  payers,
  planners,
  readers,
  rulers,
} from "./console-route.ts";
import { couponRoutes } from "./coupon-pages.ts";
import { customerOrganisationRoutes } from "./customer-organisation-pages.ts";
import { customerRoutes } from "./customer-pages.ts";
import { customerRequestRoutes } from "./customer-requests.ts";
import { answerDeal, dealPage, dealsPage } from "./deal-pages.ts";
import { type ConsoleDeps, openDesk, refusalPage } from "./desk.ts";
import { detailsRoutes } from "./details-pages.ts";
import { ruleClass, ruleClassPage, ruleOnDispute, writeAnswer } from "./dispute-actions.ts";
import { disputePage, disputesPage } from "./dispute-pages.ts";
import { firstPage } from "./first-page.ts";
import { heldPage, rule, rulePage } from "./held-pages.ts";
import { importRoutes } from "./import-pages.ts";
import { inTheirNameRoutes } from "./in-their-name.ts";
import { keyRoutes } from "./key-pages.ts";
import { mailPage, retry } from "./mail-pages.ts";
import { networkRoutes } from "./network-pages.ts";
import { newsPage, withdraw, write, writePage } from "./news-pages.ts";
import { noticePage, noticesPage, renewalsPage, writeNotice, writeNoticePage } from "./notice-pages.ts";
import { correct, correctPage, resolve, resolvePage } from "./order-actions.ts";
import { ordersPage, searchPage } from "./order-pages.ts";
import { orderPage } from "./order-record.ts";
import {
  addOnePartner,
  addPartnerPage,
  agree,
  agreementPage,
  edit,
  editPartnerPage,
  endOrResume,
  endPage,
} from "./partner-actions.ts";
import { partnerKeyRoutes } from "./partner-key-pages.ts";
import { partnerPage } from "./partner-page.ts";
import { partnersPage, treePage } from "./partner-pages.ts";
import { standingRoutes } from "./partner-standing.ts";
import { partnerWebhookRoutes } from "./partner-webhook-pages.ts";
import { confirmBatch, exportBatch, propose, proposePage } from "./payout-actions.ts";
import { approve, cancel, payoutPage, payoutsPage } from "./payout-pages.ts";
import { addOne, addPersonPage, peoplePage, removeOne, removePersonPage } from "./people-pages.ts";
import { close, closePage, periodsPage } from "./period-pages.ts";
import { announce, announcePage } from "./plan-announce.ts";
import { assign, assignPage } from "./plan-assignment.ts";
import { editPlanPage, planTemplatesPage, savePlan } from "./plan-edit.ts";
import { planPage, plansPage, planVersionsPage } from "./plan-pages.ts";
import { reportRoutes } from "./report-pages.ts";
import { decideRequested, requestPage } from "./request-pages.ts";
import { rewardOfferRoutes } from "./reward-offer-pages.ts";
import { rewardRoutes } from "./reward-pages.ts";
import { ruleRoutes } from "./rule-pages.ts";
import { auditPage, drop, messagePage, outboxPage, replay } from "./running-pages.ts";
import { sellingRoutes } from "./selling-pages.ts";
import { serialRoutes } from "./serial-pages.ts";
import { saveSettings, settingsPage } from "./settings-pages.ts";
import { shopRoutes } from "./shop-pages.ts";
import {
  closeAllStatements,
  closeStatementsPage,
  downloadStatement,
  noteAnswer,
} from "./statement-actions.ts";
import { statementPage, statementsPage } from "./statement-pages.ts";
import { tokenRoutes } from "./token-pages.ts";
import { voucherRoutes } from "./voucher-pages.ts";
import { workRoutes } from "./work-pages.ts";

const orderOf = ({ shop = "", id = "" }: Readonly<Record<string, string>>) => ({ shop, order: id });

/** Every page of the console, with who may open it. The more particular path stands first. */
const routes: readonly ConsoleRoute[] = [
  ...workRoutes,
  ...importRoutes,
  ...shopRoutes,
  ...reportRoutes,
  ...standingRoutes,
  ...detailsRoutes,
  ...inTheirNameRoutes,
  ...partnerKeyRoutes,
  ...partnerWebhookRoutes,
  ...couponRoutes,
  ...tokenRoutes,
  ...serialRoutes,
  ...voucherRoutes,
  ...sellingRoutes,
  ...networkRoutes,
  ...ruleRoutes,
  ...rewardRoutes,
  ...rewardOfferRoutes,
  ...keyRoutes,
  ...customerRequestRoutes,
  ...customerOrganisationRoutes,
  ...customerRoutes,
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
  ["get", "/console/disputes/rule", rulers, (desk) => ruleClassPage(desk)],
  ["post", "/console/disputes/rule", rulers, ruleClass],
  ["post", "/console/disputes/{id}/answer", answerers, (desk, { id = "" }) => writeAnswer(desk, id)],
  ["get", "/console/disputes/{id}", readers, (desk, { id = "" }) => disputePage(desk, id)],
  ["post", "/console/disputes/{id}/rule", rulers, (desk, { id = "" }) => ruleOnDispute(desk, id)],
  ["get", "/console/partners", readers, partnersPage],
  ["get", "/console/partners/add", planners, (desk) => addPartnerPage(desk)],
  ["post", "/console/partners/add", planners, addOnePartner],
  ["get", "/console/partners/{id}/edit", planners, (desk, { id = "" }) => editPartnerPage(desk, id)],
  ["post", "/console/partners/{id}/edit", planners, (desk, { id = "" }) => edit(desk, id)],
  ["get", "/console/partners/{id}/end", planners, (desk, { id = "" }) => endPage(desk, id)],
  ["post", "/console/partners/{id}/end", planners, (desk, { id = "" }) => endOrResume(desk, id)],
  ["get", "/console/partners/{id}/agreement", planners, (desk, { id = "" }) => agreementPage(desk, id)],
  ["post", "/console/partners/{id}/agreement", planners, (desk, { id = "" }) => agree(desk, id)],
  ["get", "/console/partners/{id}", readers, (desk, { id = "" }) => partnerPage(desk, id)],
  ["get", "/console/tree", readers, treePage],
  ["get", "/console/news", readers, newsPage],
  ["get", "/console/news/write", planners, (desk) => writePage(desk)],
  ["post", "/console/news/write", planners, write],
  ["post", "/console/news/withdraw", planners, withdraw],
  ["get", "/console/notices", readers, noticesPage],
  ["get", "/console/notices/write", planners, (desk) => writeNoticePage(desk)],
  ["post", "/console/notices/write", planners, writeNotice],
  ["get", "/console/notices/renewals", readers, renewalsPage],
  ["get", "/console/notices/{id}", readers, (desk, { id = "" }) => noticePage(desk, id)],
  ["get", "/console/deals", readers, dealsPage],
  ["get", "/console/deals/{id}", readers, (desk, { id = "" }) => dealPage(desk, id)],
  ["post", "/console/deals/{id}", planners, (desk, { id = "" }) => answerDeal(desk, id)],
  ["get", "/console/plans", readers, plansPage],
  ["get", "/console/plans/new", planners, planTemplatesPage],
  ["get", "/console/plans/edit", planners, editPlanPage],
  ["post", "/console/plans/edit", planners, savePlan],
  ["get", "/console/plans/assign", planners, (desk) => assignPage(desk)],
  ["post", "/console/plans/assign", planners, assign],
  ["get", "/console/plans/{id}/announce", planners, (desk, { id = "" }) => announcePage(desk, id)],
  ["post", "/console/plans/{id}/announce", planners, (desk, { id = "" }) => announce(desk, id)],
  ["get", "/console/plans/{id}/versions", readers, (desk, { id = "" }) => planVersionsPage(desk, id)],
  ["get", "/console/plans/{id}", readers, (desk, { id = "" }) => planPage(desk, id)],
  ["get", "/console/periods", readers, periodsPage],
  ["get", "/console/periods/{id}/close", payers, (desk, { id = "" }) => closePage(desk, id), "fresh"],
  ["post", "/console/periods/{id}/close", payers, (desk, { id = "" }) => close(desk, id), "fresh"],
  ["get", "/console/statements", readers, statementsPage],
  ["get", "/console/statements/close", payers, (desk) => closeStatementsPage(desk), "fresh"],
  ["post", "/console/statements/close", payers, closeAllStatements, "fresh"],
  ["get", "/console/statements/{id}/export", readers, (desk, { id = "" }) => downloadStatement(desk, id)],
  ["post", "/console/statements/{id}/answer", payers, (desk, { id = "" }) => noteAnswer(desk, id)],
  ["get", "/console/statements/{id}", readers, (desk, { id = "" }) => statementPage(desk, id)],
  ["get", "/console/payouts", readers, payoutsPage],
  ["get", "/console/payouts/propose", payers, (desk) => proposePage(desk), "fresh"],
  ["post", "/console/payouts/propose", payers, propose, "fresh"],
  ["get", "/console/payouts/{id}", readers, (desk, { id = "" }) => payoutPage(desk, id)],
  ["post", "/console/payouts/{id}/approve", payers, (desk, { id = "" }) => approve(desk, id), "fresh"],
  ["post", "/console/payouts/{id}/cancel", payers, (desk, { id = "" }) => cancel(desk, id), "fresh"],
  ["post", "/console/payouts/{id}/export", payers, (desk, { id = "" }) => exportBatch(desk, id), "fresh"],
  ["post", "/console/payouts/{id}/confirm", payers, (desk, { id = "" }) => confirmBatch(desk, id), "fresh"],
  ["get", "/console/adjustments", readers, adjustmentsPage],
  ["get", "/console/adjustments/new", payers, (desk) => adjustPage(desk), "fresh"],
  ["post", "/console/adjustments/new", payers, enterAdjustment, "fresh"],
  ["get", "/console/adjustments/{id}", readers, (desk, { id = "" }) => adjustmentPage(desk, id)],
  [
    "post",
    "/console/adjustments/{id}/approve",
    payers,
    (desk, { id = "" }) => decideAdjustment(desk, id, "approve"),
    "fresh",
  ],
  [
    "post",
    "/console/adjustments/{id}/refuse",
    payers,
    (desk, { id = "" }) => decideAdjustment(desk, id, "refuse"),
    "fresh",
  ],
  ["post", "/console/adjustments/{id}/reverse", payers, (desk, { id = "" }) => reverse(desk, id), "fresh"],
  ["get", "/console/approvals/{id}", readers, (desk, { id = "" }) => requestPage(desk, id)],
  [
    "post",
    "/console/approvals/{id}/approve",
    payers,
    (desk, { id = "" }) => decideRequested(desk, id, "approve"),
    "fresh",
  ],
  [
    "post",
    "/console/approvals/{id}/refuse",
    payers,
    (desk, { id = "" }) => decideRequested(desk, id, "refuse"),
    "fresh",
  ],
  ["get", "/console/people", readers, peoplePage],
  ["get", "/console/people/add", owners, (desk) => addPersonPage(desk), "fresh"],
  ["post", "/console/people/add", owners, addOne, "fresh"],
  ["get", "/console/people/remove", owners, removePersonPage, "fresh"],
  ["post", "/console/people/remove", owners, removeOne, "fresh"],
  ["get", "/console/outbox", readers, outboxPage],
  ["get", "/console/outbox/{id}", readers, (desk, { id = "" }) => messagePage(desk, id)],
  ["post", "/console/outbox/{id}/replay", keepers, (desk, { id = "" }) => replay(desk, id)],
  ["post", "/console/outbox/{id}/drop", keepers, (desk, { id = "" }) => drop(desk, id)],
  ["get", "/console/mail", readers, mailPage],
  ["post", "/console/mail/retry", keepers, retry],
  ["get", "/console/audit", readers, auditPage],
  ["get", "/console/settings", readers, settingsPage],
  ["post", "/console/settings", readers, saveSettings],
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
      const params = c.req.param() as Params;
      try {
        // PostgreSQL keeps this character in no text, so nothing is called by it.
        if (Object.values(params).some((one) => one.includes("\0")))
          throw new Refusal("not_found", "Nothing is called so.");
        return await show(desk, params);
      } catch (error) {
        if (error instanceof Refusal) return refusalPage(desk, error);
        throw error;
      }
    });
  }
}
