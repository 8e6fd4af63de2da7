import type { RenewalClient } from "../client/renewal-client.ts";
import type { Reminder } from "../renewal/reminder.ts";
import type { SnoozeOption } from "../renewal/snooze.ts";
import { attempt, membersOf } from "../runtime/attempt.ts";
import { type HostConditions, type WaitReason, waitReason } from "./host.ts";
import {
  isPromptText,
  type Price,
  type PromptLanguage,
  type TextName,
  type TextOverrides,
  type TextValues,
  writeDay,
  writePrice,
  writeText,
} from "./language.ts";
import { en } from "./languages/en.ts";

/** What a customer may answer. */
export type PromptActionId = "renew" | `snooze_${SnoozeOption}` | "decline" | "renewed" | "enter_key";

/** A choice, ready to be shown. All have the same weight: the order is all that tells them apart. */
export interface PromptAction {
  /** What to pass to `answerPrompt` when the customer chooses it. */
  id: PromptActionId;
  /** What stands on the button, in the view's language. */
  label: string;
  /** What stands before this and its neighbours, such as "Remind me" before "Tomorrow". */
  under: string | null;
}

/** What is said of a licence. The first three are prompts, the others stand on a licence page alone. */
export type PromptState =
  | "expiring"
  | "billing"
  | "grace"
  | "active"
  | "renews"
  | "ended"
  | "perpetual"
  | "unknown";

/** All that is to be shown, as plain data: it can be sent to another process as it is. */
export interface PromptView {
  /** Which kind of prompt or page it is. */
  state: PromptState;
  /** BCP 47. */
  language: string;
  /** Which way the language is written, as HTML's `dir`. */
  direction: "ltr" | "rtl";
  /** For a colour at most; `none` on a licence page. */
  urgency: Reminder["urgency"] | "none";
  /** The product's name, when the vendor gave it. */
  product: string | null;
  /** One line without markup. */
  title: string;
  /** One paragraph without markup. */
  text: string;
  /** The vendor's line about what ends and what stays. */
  note: string | null;
  /** What renewing costs, ready to be shown; `null` when the vendor gave no price. */
  price: string | null;
  /** Who sold the copy; `null` when nobody is known. */
  seller: string | null;
  /** That the seller earns a share. */
  disclosure: string | null;
  /** In the order in which they are to be shown. */
  actions: PromptAction[];
}

/** What the vendor says of a prompt. */
export interface PromptOptions {
  /** Of `loadLanguage()`, or imported from `@tallystick/sdk/prompt/languages/…`. Default: English. */
  language?: PromptLanguage | undefined;
  /** The vendor's own words, in place of the language's. */
  texts?: TextOverrides | undefined;
  /** The product's name as customers know it. Without it the texts do without one. */
  productName?: string | undefined;
  /** One line about what ends and what stays, such as "Your pictures stay yours either way." */
  note?: string | undefined;
  /** What renewing costs: an amount, or a text that is ready to be shown. */
  price?: Price | string | undefined;
  /** Whether it is said that the seller earns a share. Default `true`. Some countries want it said. */
  disclosure?: boolean | undefined;
  /** Asked when a prompt is due: it waits for a good moment. Without it, every moment is good. */
  host?: (() => HostConditions) | undefined;
}

/** What of the client a view is made of. */
export type PromptSource = Pick<RenewalClient, "reminder" | "status" | "license" | "partner" | "timeline">;

/**
 * The prompt to show now, or `null`: none is due, or it waits for a better moment. Say `client.markShown()` when it is
 * on the screen, and keep the view until it is answered.
 *
 * @example
 * ```ts
 * const view = promptView(client, { productName: "Acme Paint", note: "Your pictures stay yours either way." });
 * if (view !== null) console.log(view.title, view.text, view.disclosure);
 * ```
 */
export function promptView(client: PromptSource, options: PromptOptions = {}): PromptView | null {
  const reminder = client.reminder();
  if (reminder === null || waitOf(client, reminder, options) !== null) return null;
  const late = client.status().state === "inGrace";
  const state = reminder.reason === "billing_problem" ? "billing" : late ? "grace" : "expiring";
  return writeView(client, options, { state, urgency: reminder.urgency, reminder });
}

/** Why a prompt that is due is not shown yet; `null` when it may be shown, or when none is due. */
export function promptWait(client: PromptSource, options: PromptOptions = {}): WaitReason | null {
  const reminder = client.reminder();
  return reminder === null ? null : waitOf(client, reminder, options);
}

/** The licence as it stands, for a page that can be opened at any time: with a choice to renew and one to enter a key. */
export function licenceView(client: PromptSource, options: PromptOptions = {}): PromptView {
  const { state, willRenew } = client.status();
  const states: Record<typeof state, PromptState> = {
    active: willRenew ? "renews" : "active",
    expiring: client.license.get()?.billingProblem === true && willRenew ? "billing" : "active",
    inGrace: "grace",
    expired: "ended",
    perpetual: "perpetual",
    unknown: "unknown",
  };
  return writeView(client, options, { state: states[state], urgency: "none", reminder: null });
}

/** A host that fails cannot say that the moment is good. */
function waitOf(client: PromptSource, reminder: Reminder, options: PromptOptions): WaitReason | null {
  const { host } = membersOf(options);
  if (!host) return null;
  return attempt(() => waitReason(host(), client.timeline(), reminder.urgency), "busy");
}

/** What a view is about. */
interface Occasion {
  state: PromptState;
  urgency: PromptView["urgency"];
  reminder: Reminder | null;
}

/** Two texts a state. */
const wordings: Record<PromptState, readonly [TextName, TextName | null]> = {
  expiring: ["title_expiring", "text_expiring"],
  billing: ["title_billing", "text_billing"],
  grace: ["title_grace", "text_grace"],
  active: ["title_active", "text_renewable"],
  renews: ["title_renews", null],
  ended: ["title_ended", "text_ended"],
  perpetual: ["title_perpetual", null],
  unknown: ["title_unknown", "text_unknown"],
};

function writeView(client: PromptSource, options: PromptOptions, occasion: Occasion): PromptView {
  const { state, urgency } = occasion;
  const given = membersOf(options);
  const { note, price, productName, disclosure = true } = given;
  const language = languageOf(given);
  const write = writerOf(given);
  const { lastDay, lastGraceDay } = client.timeline();
  const values = {
    days: client.status().daysRemaining ?? 0,
    end: writeDay(language.tag, lastDay ?? "1970-01-01"),
    until: writeDay(language.tag, lastGraceDay ?? "1970-01-01"),
  };
  const [title, text] = wordings[state];
  const renewable = lastDay !== null;
  const partner = renewable ? client.partner() : null;
  const amount = renewable ? amountOf(language, price) : null;
  return {
    state,
    language: language.tag,
    direction: language.direction,
    urgency,
    product: textOf(productName),
    title: write(title, values),
    text: text === null ? "" : write(text, values),
    note: textOf(note),
    price: amount === null ? null : write("price", { price: amount }),
    seller: partner && (partner.name ?? write("seller_unnamed")),
    disclosure: partner && disclosure ? writeDisclosure(partner.name, write) : null,
    actions: actionsOf(occasion, renewable, write),
  };
}

const textOf = (given: unknown): string | null => (typeof given === "string" && given !== "" ? given : null);

/** A price that cannot be written, such as one in a currency that does not exist, is not shown. */
function amountOf({ tag }: PromptLanguage, price: PromptOptions["price"]): string | null {
  if (typeof price !== "object") return textOf(price);
  const isAmount = Number.isFinite(attempt(() => price.amountMinor, Number.NaN));
  return isAmount ? attempt(() => writePrice(tag, price), null) : null;
}

/** The language that was given; English in place of what is none. */
export function languageOf({ language }: Pick<PromptOptions, "language">): PromptLanguage {
  const { tag, direction, texts } = membersOf(language);
  if (typeof tag !== "string" || typeof texts !== "object" || texts === null) return en;
  return { tag, direction: direction === "rtl" ? "rtl" : "ltr", texts };
}

/** Writes a text by its name: in the vendor's words, else in the language's, and in English what neither has. */
export function writerOf(given: Pick<PromptOptions, "language" | "texts">) {
  const language = languageOf(given);
  const texts = membersOf(given.texts);
  return (name: TextName, values?: TextValues): string => {
    const found = [texts[name], language.texts[name]].find((text) =>
      attempt(() => isPromptText(text), false),
    );
    return writeText(language, found ?? en.texts[name], values);
  };
}

type Write = ReturnType<typeof writerOf>;

const writeDisclosure = (seller: string | null, write: Write) =>
  seller === null ? write("disclosure_unnamed") : write("disclosure", { seller });

function actionsOf({ reminder }: Occasion, renewable: boolean, write: Write): PromptAction[] {
  const plain = (id: PromptActionId): PromptAction => ({ id, label: write(id), under: null });
  const enterKey = plain("enter_key");
  if (reminder === null) return renewable ? [plain("renew"), enterKey] : [enterKey];
  const under = write("remind");
  const snoozes = reminder.snoozeOptions.map((option): PromptAction => {
    const id = `snooze_${option}` as const;
    return { id, label: write(id), under };
  });
  return [plain("renew"), ...snoozes, plain("decline"), plain("renewed"), enterKey];
}
