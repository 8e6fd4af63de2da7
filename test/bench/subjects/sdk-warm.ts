import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { createRenewalClient, RenewalClientOptions } from "@tallystick/sdk";
import type { PromptLanguage, promptView } from "@tallystick/sdk/prompt";
import type { renewalLink } from "@tallystick/sdk/protocol";
import { answerParent } from "../children.ts";

const [, , folder = "", options = ""] = process.argv;
const built = (name: string) => import(pathToFileURL(`${folder}/${name}.js`).href);
const sdk = (await built("index")) as { createRenewalClient: typeof createRenewalClient };
const protocol = (await built("protocol")) as { renewalLink: typeof renewalLink };
const prompt = (await built("prompt")) as { promptView: typeof promptView };
const { de } = (await built("languages/de")) as { de: PromptLanguage };
const given = JSON.parse(options) as RenewalClientOptions;
const client = sdk.createRenewalClient(given);
client.license.set({ id: "ACME-00000042", expiresAt: null, email: "customer42@example.org" });
const { product, receiver } = given;
const token = new URL(await client.renewalUrl()).searchParams.get("t") ?? "";

/** A copy whose prompt is due: its licence ends in a week. */
const due = sdk.createRenewalClient({ ...given, folder: `${given.folder}-due` });
due.license.set({ id: "ACME-00000042", expiresAt: new Date(Date.now() + 7 * 86_400_000).toISOString() });

/** What the process of the built SDK can be asked. Each is done again and again for so many seconds. */
export type WarmTasks = {
  /** Links a second. */
  asked(seconds: number): Promise<number>;
  composed(seconds: number): Promise<number>;
  urlObjects(seconds: number): Promise<number>;
  /** Milliseconds that one view of the prompt takes, with everything read from the disk that a view is made of. */
  views(seconds: number): Promise<number>;
  /** The control: two files read and one plural chosen, which no view can do without. */
  bareViews(seconds: number): Promise<number>;
};

const batch = 1_000;

/** Keeps what was made, so that no compiler finds that it need not be made. */
let madeCharacters = 0;

async function perSecond(
  seconds: number,
  makeBatch: (first: number) => Promise<void> | void,
): Promise<number> {
  const begun = performance.now();
  let count = 0;
  while (performance.now() - begun < seconds * 1000) {
    await makeBatch(count);
    count += batch;
  }
  if (madeCharacters === 0) throw new Error("no link was made");
  return (count * 1000) / (performance.now() - begun);
}

const customer = (index: number) => ({ licence: `ACME-${index}`, email: `customer${index}@example.org` });

const plurals = new Intl.PluralRules("de");

answerParent({
  /** A product asks its client again and again; its licence stays the same. */
  asked: (seconds) =>
    perSecond(seconds, async () => {
      for (let index = 0; index < batch; index++) madeCharacters += (await client.renewalUrl()).length;
    }),
  /** Each link is for another customer. */
  composed: (seconds) =>
    perSecond(seconds, (first) => {
      for (let index = first; index < first + batch; index++)
        madeCharacters += protocol.renewalLink({ receiver, product, token, ...customer(index) }).length;
    }),
  /** The control: the same link by the platform's own URL. */
  urlObjects: (seconds) =>
    perSecond(seconds, (first) => {
      for (let index = first; index < first + batch; index++) {
        const { licence, email } = customer(index);
        const url = new URL(`${receiver}/r/${product}`);
        url.search = new URLSearchParams({ t: token, l: licence, e: email }).toString();
        madeCharacters += url.href.length;
      }
    }),
  views: async (seconds) =>
    1000 /
    (await perSecond(seconds, () => {
      for (let index = 0; index < batch; index++) {
        const view = prompt.promptView(due, { language: de, productName: "Acme Paint" });
        if (view === null) throw new Error("the prompt is not due");
        madeCharacters += view.title.length;
      }
    })),
  bareViews: async (seconds) =>
    1000 /
    (await perSecond(seconds, () => {
      for (let index = 0; index < batch; index++) {
        for (const name of ["licence", "last-seen"])
          madeCharacters += readFileSync(`${given.folder}-due/${name}.json`, "utf8").length;
        madeCharacters += plurals.select(index).length;
      }
    })),
} satisfies WarmTasks);
