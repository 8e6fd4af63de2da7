import { type ConsoleRoute, planners, readers } from "../kit/console-route.ts";
import { customerOrganisationRoutes } from "./customer-organisation-pages.ts";
import { customerRoutes } from "./customer-pages.ts";
import { customerRequestRoutes } from "./customer-requests.ts";
import { answerDeal, dealPage, dealsPage } from "./deal-pages.ts";
import { detailsRoutes } from "./details-pages.ts";
import { newsPage, withdraw, write, writePage } from "./news-pages.ts";
import { noticePage, noticesPage, renewalsPage, writeNotice, writeNoticePage } from "./notice-pages.ts";
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
import { announce, announcePage } from "./plan-announce.ts";
import { assign, assignPage } from "./plan-assignment.ts";
import { editPlanPage, planTemplatesPage, savePlan } from "./plan-edit.ts";
import { planPage, plansPage, planVersionsPage } from "./plan-pages.ts";
import { registerDealRoutes } from "./register-deal-page.ts";
import { rewardOfferRoutes } from "./reward-offer-pages.ts";
import { rewardRoutes } from "./reward-pages.ts";
import { ruleRoutes } from "./rule-pages.ts";

/** The pages of partners, customers, deals, plans, rewards and what they are told, with who may open each. */
export const channelRoutes: readonly ConsoleRoute[] = [
  ...standingRoutes,
  ...detailsRoutes,
  ...registerDealRoutes,
  ...partnerKeyRoutes,
  ...partnerWebhookRoutes,
  ...ruleRoutes,
  ...rewardRoutes,
  ...rewardOfferRoutes,
  ...customerRequestRoutes,
  ...customerOrganisationRoutes,
  ...customerRoutes,
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
];
