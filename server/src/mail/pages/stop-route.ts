import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { addOneClickPage } from "../../pages/one-click-page.ts";
import type { PersonId } from "../../words/ids.ts";
import { actsForVendor, readStopLink, stopDigests } from "../stop-link.ts";

/** Where a person ends her summaries. */
export function addStopRoutes(app: App, deps: Deps): void {
  addOneClickPage<{ person: PersonId; isDesk: boolean }>(app, deps.config.brand, {
    path: "/mail/stop/{link}",
    show: {
      operationId: "showStopDigests",
      summary: "The page behind a summary's link to end summaries; opening it changes nothing",
    },
    stop: {
      operationId: "stopDigests",
      summary:
        "End a person's summaries, by one click in the mail program (RFC 8058) or by the page's button",
    },
    read: async (link) => {
      const person = readStopLink(deps, link);
      return person === undefined ? undefined : { person, isDesk: await actsForVendor(deps, person) };
    },
    end: ({ person }) => stopDigests(deps, person),
    title: "stop_title",
    words: ({ isDesk }) =>
      isDesk
        ? { ask: "stop_text_desk", button: "stop_button", done: "stop_done_desk" }
        : { ask: "stop_text", button: "stop_button", done: "stop_done" },
  });
}
