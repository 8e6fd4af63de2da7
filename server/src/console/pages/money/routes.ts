import { type ConsoleRoute, payers, readers } from "../kit/console-route.ts";
import { adjustPage, enterAdjustment } from "./adjustment-entry.ts";
import { adjustmentPage, adjustmentsPage, decideAdjustment, reverse } from "./adjustment-pages.ts";
import { confirmBatch, exportBatch, propose, proposePage } from "./payout-actions.ts";
import { approve, cancel, payoutPage, payoutsPage } from "./payout-pages.ts";
import { close, closePage, periodsPage } from "./period-pages.ts";
import { reportRoutes } from "./report-pages.ts";
import { decideRequested, requestPage } from "./request-pages.ts";
import {
  closeAllStatements,
  closeStatementsPage,
  downloadStatement,
  noteAnswer,
} from "./statement-actions.ts";
import { statementPage } from "./statement-page.ts";
import { statementsPage } from "./statement-pages.ts";

/** The pages of periods, statements, payouts, adjustments and reports, with who may open each. */
export const moneyRoutes: readonly ConsoleRoute[] = [
  ...reportRoutes,
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
];
