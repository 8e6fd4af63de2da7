import { pathToFileURL } from "node:url";
import type { createRenewalClient, RenewalClientOptions } from "@tallystick/sdk";
import type { renewalLink } from "@tallystick/sdk/protocol";
import { answerParent } from "../children.ts";

const [, , folder = "", options = ""] = process.argv;
const built = (name: string) => import(pathToFileURL(`${folder}/${name}.js`).href);
const sdk = (await built("index")) as { createRenewalClient: typeof createRenewalClient };
const protocol = (await built("protocol")) as { renewalLink: typeof renewalLink };
const given = JSON.parse(options) as RenewalClientOptions;
const client = sdk.createRenewalClient(given);
client.license.set({ id: "ACME-00000042", expiresAt: null, email: "customer42@example.org" });
const { product, receiver } = given;
const token = new URL(await client.renewalUrl()).searchParams.get("t") ?? "";

/** What the process of the built SDK can be asked: links a second, each made for so many seconds. */
export type WarmTasks = Record<"asked" | "composed" | "urlObjects", (seconds: number) => Promise<number>>;

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
} satisfies WarmTasks);
