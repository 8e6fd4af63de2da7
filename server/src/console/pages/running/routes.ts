import { type ConsoleRoute, keepers, owners, readers } from "../kit/console-route.ts";
import { importRoutes } from "./import-pages.ts";
import { keyRoutes } from "./key-pages.ts";
import { mailPage, retry } from "./mail-pages.ts";
import { addOne, addPersonPage, peoplePage, removeOne, removePersonPage } from "./people-pages.ts";
import { auditPage, drop, messagePage, outboxPage, replay } from "./running-pages.ts";
import { saveSettings, settingsPage } from "./settings-pages.ts";
import { shopRoutes } from "./shop-pages.ts";
import { testMailRoutes } from "./test-mail-page.ts";
import { workRoutes } from "./work-pages.ts";

/** The pages of shops, work, people, keys and what was sent, with who may open each. */
export const runningRoutes: readonly ConsoleRoute[] = [
  ...testMailRoutes,
  ...workRoutes,
  ...importRoutes,
  ...shopRoutes,
  ...keyRoutes,
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
