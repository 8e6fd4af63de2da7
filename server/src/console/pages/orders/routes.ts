import { answerers, type ConsoleRoute, readers, rulers } from "../kit/console-route.ts";
import { ruleClass, ruleClassPage, ruleOnDispute, writeAnswer } from "./dispute-actions.ts";
import { disputePage, disputesPage } from "./dispute-pages.ts";
import { heldPage, rule, rulePage } from "./held-pages.ts";
import { openDisputeRoutes } from "./open-dispute-page.ts";
import { correct, correctPage, resolve, resolvePage } from "./order-actions.ts";
import { ordersPage, searchPage } from "./order-pages.ts";
import { orderPage } from "./order-record.ts";

const orderOf = ({ shop = "", id = "" }: Readonly<Record<string, string>>) => ({ shop, order: id });

/** The pages of orders, what is held and what is contested, with who may open each. */
export const ordersRoutes: readonly ConsoleRoute[] = [
  ...openDisputeRoutes,
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
];
