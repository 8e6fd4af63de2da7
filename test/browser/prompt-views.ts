import {
  createMemoryTokenStore,
  createRenewalClient,
  type Licence,
  type RenewalClient,
} from "@tallystick/sdk";
import {
  licenceView,
  type PromptLanguage,
  type PromptOptions,
  type PromptView,
  promptView,
} from "@tallystick/sdk/prompt";
import { emptySurroundings } from "../../sdk/src/testing/product.ts";
import type { Signer } from "../../sdk/src/testing/signer.ts";

/** When the licences of the views end. */
const expiresAt = "2027-11-21";

/** A state of the prompt, by the licence and the day that lead to it. */
interface Situation {
  day: string;
  licence?: Partial<Licence>;
  page?: "licence";
}

/** Every state in which the prompt or the licence page can be. */
export const situations: Readonly<Record<string, Situation>> = {
  "30 days": { day: "2027-10-22" },
  "2 days": { day: "2027-11-19" },
  "1 day": { day: "2027-11-20" },
  today: { day: "2027-11-21" },
  grace: { day: "2027-11-24" },
  billing: { day: "2027-11-14", licence: { willRenew: true, billingProblem: true } },
  "licence active": { day: "2027-01-10", page: "licence" },
  "licence renews": { day: "2027-01-10", licence: { willRenew: true }, page: "licence" },
  "licence in grace": { day: "2027-11-24", page: "licence" },
  "licence expired": { day: "2028-01-10", page: "licence" },
  "licence perpetual": { day: "2027-01-10", licence: { expiresAt: null }, page: "licence" },
  "licence unknown": { day: "2027-01-10", page: "licence" },
};

/** The client of a copy that was sold by North Star Software and has registered, on a day at noon. */
async function clientOn(signer: Signer, name: string, { day, licence }: Situation): Promise<RenewalClient> {
  const client = createRenewalClient({
    product: "acme-paint",
    receiver: "https://renew.acme.example",
    keys: signer.jwks,
    store: createMemoryTokenStore(),
    surroundings: emptySurroundings,
    timeZone: "UTC",
    now: () => Date.parse(`${day}T12:00:00Z`),
    fetch: async () =>
      Response.json({
        product: "acme-paint",
        partner: "north-tools",
        partnerName: "North Star Software",
        status: "bound",
        boundAt: "2026-11-21T12:00:00.000Z",
      }),
  });
  await client.attribution.capture({ token: await signer.sign() });
  if (name !== "licence unknown") {
    client.license.set({ id: "AAAA-BBBB", expiresAt, ...licence });
    await client.register();
  }
  return client;
}

/** What is shown in a situation, in a language. @throws when nothing is shown */
export async function viewIn(
  signer: Signer,
  name: keyof typeof situations,
  language: PromptLanguage,
  options: PromptOptions = {},
): Promise<PromptView> {
  const situation = situations[name];
  if (situation === undefined) throw new Error(`there is no situation ${name}`);
  const client = await clientOn(signer, name, situation);
  const whole = {
    language,
    productName: "Acme Paint",
    price: { amountMinor: 4800, currency: "EUR" },
    ...options,
  };
  const view = situation.page === "licence" ? licenceView(client, whole) : promptView(client, whole);
  if (view === null) throw new Error(`nothing is shown: ${name}`);
  return view;
}
