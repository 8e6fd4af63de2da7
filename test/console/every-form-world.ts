import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished } from "vitest";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { createHttpServer } from "../../server/src/http/listen.ts";
import { setDetails } from "../../server/src/partner-details/details.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { as } from "../../server/src/words/ids.ts";
import { showWork, workEnded } from "../../server/src/work/work.ts";
import { type Browser, signedIn } from "../access/access-world.ts";
import { startListener } from "../outbox/listener.ts";
import { detailsOf } from "../payouts/payout-details.ts";
import { payer } from "../payouts/payout-world.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { vendor } from "../statements/statement-world.ts";
import { idOf } from "./console-forms.ts";
import { openConsole } from "./console-world.ts";
import { recordForms } from "./form-recorder.ts";

/** A receiver that is reached by its own address, with a shop that has an API, a network, a rule and a mail folder. */
export async function openForms() {
  let answer: (request: Request) => Response | Promise<Response> = () => new Response(null, { status: 503 });
  const listener = await startListener();
  const { server, drain } = createHttpServer((request) => answer(request), {
    log: { write: () => {} } as never,
    isStopping: () => false,
  });
  onTestFinished(() => drain(1_000));
  await once(server.listen(0, "127.0.0.1") as Server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const world = await openConsole(benchOf("sqlite"), {
    issuer,
    vendor,
    payouts: { payer },
    mail: { from: "Acme <partners@acme.example>", folder: "./mail" },
    attribution: { onConflict: "hold", rules: [{ rule: "home", class: "territory" }] },
    outbox: { allowPrivate: [listener.host] },
    shops: {
      own: { kind: "standard-webhooks", secrets: [{ env: "OWN_SHOP_SECRET" }] },
      polar: {
        kind: "polar",
        secrets: [{ env: "SECRET_OF_POLAR" }],
        api: { token: { env: "SECRET_OF_POLAR" } },
      },
    },
    networks: {
      own: {
        kind: "custom",
        base: `http://${listener.host}`,
        convert: { method: "POST", path: "/sales", body: { json: { o: "{order}" } } },
        adjust: { byHand: "Change sale {order}." },
        reverse: { byHand: "Cancel sale {order}." },
        test: { method: "POST", path: "/try", body: { json: { o: "{order}" } } },
      },
    },
  });
  const { app, deps } = world;
  answer = (request) => app.fetch(request);
  for (const id of ["north", "south", "east"]) {
    await addPartner(deps, { id, name: id, percent: 20 });
    await setDetails(deps, id, detailsOf(id, {}));
  }
  const [owner, finance] = [await world.as("owner"), await world.as("finance")];
  await setAgreement(deps, "north", { notices: ["service"], selfBilling: true });
  const partnerPerson = async (role: string) => {
    const added = await addPerson(deps, {
      mail: `${role}@north.example`,
      role,
      partner: "north",
      addedBy: "cli:test",
    });
    return Object.assign(await signedIn(world, { person: added.id }), { id: added.id });
  };
  return {
    ...world,
    forms: recordForms(app),
    listener,
    owner,
    /** A new sign-in of somebody, since one grows stale. */
    again: (role: "owner" | "finance") =>
      signedIn(world, {
        person: as.person((role === "owner" ? owner : finance).actor.slice("person:".length)),
      }),
    partnerPerson,
  };
}

/** What `openForms` gives. */
export type FormWorld = Awaited<ReturnType<typeof openForms>>;

/** Sends a form that does it at once. */
export async function done(
  browser: Browser,
  path: string,
  fields: Record<string, string> = {},
): Promise<Response> {
  const answer = await browser.post(path, fields);
  if (answer.status >= 400) expect.fail(`${path}: ${answer.status} ${seen(await answer.text())}`);
  return answer;
}

/** Sends a form that sets off something long, and waits for its end. */
export async function workDone(world: FormWorld, started: Response, result?: object): Promise<void> {
  await workEnded(idOf(started));
  const work = await showWork(world.deps, idOf(started));
  expect(work).toMatchObject({ state: "done", ...(result === undefined ? {} : { result }) });
}

/** What a reader sees of a page. */
export const seen = (page: string) => page.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

/** What a form of a page sends unseen. */
export const fieldIn = (page: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1] ?? "";
