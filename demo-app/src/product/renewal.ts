import {
  createRenewalClient,
  type Reminder,
  type RenewalClient,
  type RenewalClientOptions,
} from "@tallystick/sdk";

/** What a demo on one machine needs otherwise than a product: its own folder, clock and browser. */
export type DemoMachine = Pick<RenewalClientOptions, "folder" | "now" | "openBrowser" | "surroundings">;

/** All that Acme Paint tells the SDK. A real product leaves the machine away. */
export function embedRenewal(
  vendor: Pick<RenewalClientOptions, "receiver" | "keys" | "shopUrl">,
  machine: DemoMachine = {},
): RenewalClient {
  return createRenewalClient({
    product: "acme-paint",
    receiver: vendor.receiver,
    keys: vendor.keys,
    shopUrl: vendor.shopUrl,
    ...machine,
  });
}

/** At each start: look who sold this copy, say which licence it has, and bind the two, now or when it is online. */
export async function startRenewal(
  renewal: RenewalClient,
  licence: { id: string; expiresAt: string; email: string },
): Promise<void> {
  await renewal.attribution.capture();
  renewal.license.set(licence);
  void renewal.register();
}

/** The prompt to show beside the picture, or `null`. Each is due once. */
export function takePrompt(renewal: RenewalClient): Reminder | null {
  const reminder = renewal.reminder();
  if (reminder !== null) renewal.markShown();
  return reminder;
}
