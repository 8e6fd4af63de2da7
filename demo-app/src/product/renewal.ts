import {
  createRenewalClient,
  type Reminder,
  type RenewalClient,
  type RenewalClientOptions,
} from "@tallystick/sdk";
import { type PromptLanguage, type PromptOptions, type PromptView, promptView } from "@tallystick/sdk/prompt";
import { readVoucherCode } from "@tallystick/sdk/protocol";

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

/** What Acme Paint knows of a licence beside its number. */
type LicenceTerms = { expiresAt: string; email: string };

/**
 * At each start: look who sold this copy, say which licence it has, and bind the two, now or when it is online. What is
 * returned ends with the binding: a product does not wait for it.
 */
export async function startRenewal(
  renewal: RenewalClient,
  licence: (LicenceTerms & { id: string }) | undefined,
): Promise<{ registered: Promise<unknown> }> {
  await renewal.attribution.capture();
  if (licence === undefined) return { registered: Promise.resolve() }; // The customer is asked for her serial first.
  renewal.license.set(licence);
  return { registered: renewal.register() };
}

/**
 * When the customer has typed a serial, or a voucher that is exchanged for one: the copy gets its licence and, with it,
 * the token of whoever sold it. Returns what to tell her when it is neither.
 */
export async function activateRenewal(
  renewal: RenewalClient,
  typed: string,
  terms: LicenceTerms,
): Promise<{ serial: string } | { problem: string }> {
  const redeemed = readVoucherCode(typed) === undefined ? undefined : await renewal.redeemVoucher(typed);
  if (redeemed !== undefined && redeemed.code !== "redeemed") return { problem: problemOf(redeemed) };
  const serial = redeemed?.serial ?? typed;
  const result = await renewal.register({ serial });
  if (result.code === "refused") return { problem: problemOf(result) };
  renewal.license.set({ id: serial, ...terms });
  return { serial };
}

function problemOf(result: { code: string; because?: string }): string {
  if (result.code === "failed") return "We cannot check it just now. Please try again in a moment.";
  const problems: Record<string, string> = {
    voucher_used: "This voucher was exchanged already. If you have its serial, enter that.",
    voucher_expired: "This voucher has expired.",
    pool_empty: "We have run out of serials for a moment. Please try again later.",
    too_many_requests: "That was too often. Please try again in a few minutes.",
  };
  return problems[result.because ?? ""] ?? "We do not know this code. Please check it for typing mistakes.";
}

/** What Acme says in its prompt, beside what the SDK knows by itself. */
export const promptOptions = {
  productName: "Acme Paint",
  note: "Your pictures stay yours either way.",
  price: { amountMinor: 4800, currency: "EUR" },
} as const satisfies PromptOptions;

/** The reminder that is due, or `null`: it is noted as shown, so each is due once. */
export function takeReminder(renewal: RenewalClient): Reminder | null {
  const reminder = promptView(renewal) === null ? null : renewal.reminder();
  if (reminder !== null) renewal.markShown();
  return reminder;
}

/** A reminder that was taken, in the customer's language. */
export const reminderView = (
  renewal: RenewalClient,
  reminder: Reminder,
  language: PromptLanguage,
): PromptView | null => promptView({ ...renewal, reminder: () => reminder }, { ...promptOptions, language });
