import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { addOneClickPage } from "../../pages/one-click-page.ts";
import { readStopNoticesLink, stopNotices } from "../stop-notices.ts";

/** Where a customer ends notices of ends of terms. */
export function addStopNoticesRoutes(app: App, deps: Deps): void {
  addOneClickPage<string>(app, deps.config.brand, {
    path: "/mail/renewals/{link}",
    show: {
      operationId: "showStopRenewalNotices",
      summary: "The page behind a notice's link to end notices of ends of terms; opening it changes nothing",
    },
    stop: {
      operationId: "stopRenewalNotices",
      summary:
        "End notices of ends of terms, by one click in the mail program (RFC 8058) or by the page's button",
    },
    read: (link) => readStopNoticesLink(deps, link),
    end: (key) => stopNotices(deps, key),
    title: "renewal_stop_title",
    words: () => ({ ask: "renewal_stop_text", button: "renewal_stop_button", done: "renewal_stop_done" }),
  });
}
