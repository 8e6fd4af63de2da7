import { Hono } from "hono";
import type { Addresses } from "../addresses.ts";
import { serveAssets } from "../look/assets.ts";
import { askForLink, findDoor } from "./doors.ts";
import { doorsPage, mailPage } from "./doors-page.ts";
import type { Mailbox } from "./mailbox.ts";

/** The pages with the people of the demo and the mail that they get. */
export function createDoors(addresses: Addresses, mailbox: Mailbox): Hono {
  const app = new Hono();
  serveAssets(app, new URL("./", import.meta.url), ["doors.css"]);
  app.get("/people", (context) => context.html(doorsPage(addresses)));
  app.post("/people/:door", async (context) => {
    const door = findDoor(context.req.param("door"));
    if (door === undefined) return context.notFound();
    try {
      return context.redirect(await askForLink(addresses, mailbox, door), 303);
    } catch (cause) {
      return context.html(doorsPage(addresses, reasonOf(cause)), 502);
    }
  });
  app.get("/mail", async (context) => context.html(mailPage(addresses, mailbox, await mailbox.list())));
  return app;
}

function reasonOf(cause: unknown): string {
  if (cause instanceof TypeError)
    return "The receiver does not answer, so it sends no mail. You can start it behind the scenes.";
  return `No link came: ${cause instanceof Error ? cause.message : String(cause)}.`;
}
