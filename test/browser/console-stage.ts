import type { BrowserContextOptions, Page } from "playwright-core";
import { cookieName } from "../../server/src/sessions/cookie.ts";
import type { Subject } from "../../server/src/sessions/sessions.ts";
import type { VendorRole } from "../../server/src/words/roles.ts";
import { signedIn } from "../access/access-world.ts";
import { fillConsole, openConsole } from "../console/console-world.ts";
import { serveToBrowser } from "./serve-to-browser.ts";

const unused = () => Promise.reject(new Error("this test opens its database itself"));

/** A console with a browser in front of it, filled with a year of a channel or empty. It closes with the test. */
export async function setConsoleStage(fill: Parameters<typeof fillConsole>[1] | "empty" = {}) {
  const world = await openConsole({ engine: "sqlite", database: unused, open: unused });
  if (fill !== "empty") await fillConsole(world, fill);
  const { address, browser } = await serveToBrowser(world);
  const secrets = new Map<VendorRole, string>();
  const openWith = async (secret: string, options: BrowserContextOptions) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
    context.setDefaultTimeout(300_000);
    const name = cookieName(world.deps.config.issuer, "tallystick");
    await context.addCookies([{ name, value: secret, url: address, httpOnly: true }]);
    const page = await context.newPage();
    return { page, complaints: complaintsOf(page) };
  };
  return {
    world,
    address,
    /** Opens the console, signed in, in a browser profile of its own. */
    async open(options: BrowserContextOptions = {}, role: VendorRole = "owner") {
      const secret = secrets.get(role) ?? (await world.as(role)).secret;
      secrets.set(role, secret);
      return openWith(secret, options);
    },
    /** Opens what a partner's person or a customer sees. */
    async openAs(subject: Subject, options: BrowserContextOptions = {}) {
      return openWith((await signedIn(world, subject)).secret, options);
    },
  };
}

/** What `setConsoleStage` gives. */
export type ConsoleStage = Awaited<ReturnType<typeof setConsoleStage>>;

/** Errors, what the policy stops, and requests that leave this machine. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") complaints.push(`asked ${hostname}`);
  });
  return complaints;
}
