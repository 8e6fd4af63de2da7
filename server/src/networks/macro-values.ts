import type { MessageMacro } from "../config/network-template.ts";
import type { OutboxMessage } from "../outbox/adapter.ts";
import { decimalOf, minorDigits } from "../words/money.ts";
import type { MacroValues } from "./fill.ts";

/** Texts by the name of a setting. */
export type Settings = Readonly<Record<string, string>>;

/**
 * The values of all macros for a message: what it tells, the network's settings and the partner's in the network.
 * `amount` is what is left of the sale, `sale` what it was first, `commission` what the partner is credited; each as
 * a decimal number, `.minor` in the currency's minor units and `.hundredths` in hundredths of its unit.
 */
export function macroValues(message: OutboxMessage, network: Settings, member: Settings): MacroValues {
  const { facts } = message;
  const own: Record<Exclude<MessageMacro, AmountMacro | TimeMacro>, string | null> = {
    // What another partner sold is named by the receiver's own key alone.
    order: facts.above === true ? facts.order : facts.shopOrder,
    "order.key": facts.order,
    key: message.key,
    shop: facts.above === true ? null : facts.shop,
    product: facts.product,
    partner: facts.partner,
    cycle: facts.cycle,
    cause: facts.cause,
    currency: facts.currency,
    reference: facts.above === true ? null : facts.reference,
    conversion: message.conversionId,
  };
  return new Map<string, string | null>([
    ...Object.entries(own),
    ...amounts("amount", facts.remainingNetMinor, facts.currency),
    ...amounts("sale", facts.netMinor, facts.currency),
    ...amounts("commission", facts.creditMinor, facts.currency),
    ...times("ordered", facts.occurredAt),
    ...times("changed", facts.changedAt),
    ...Object.entries(network).map(([name, text]) => [`network.${name}`, text] as const),
    ...Object.entries(member).map(([name, text]) => [`member.${name}`, text] as const),
  ]);
}

type AmountMacro = Extract<MessageMacro, `${"amount" | "sale" | "commission"}${string}`>;
type TimeMacro = Extract<MessageMacro, `${"ordered" | "changed"}${string}`>;

const amounts = (name: string, amountMinor: number, currency: string): [string, string][] => [
  [name, decimalOf(amountMinor, currency)],
  [`${name}.minor`, String(amountMinor)],
  [`${name}.hundredths`, hundredths(amountMinor, currency)],
];

/** Hundredths of the currency's unit, rounded half away from zero where it has more than two digits. */
function hundredths(amountMinor: number, currency: string): string {
  const digits = minorDigits(currency);
  if (digits <= 2) return String(BigInt(amountMinor) * 10n ** BigInt(2 - digits));
  const scale = 10n ** BigInt(digits - 2);
  const doubled = 2n * BigInt(amountMinor);
  return String((doubled + (doubled < 0n ? -scale : scale)) / (2n * scale));
}

/** A time as networks write it; all in UTC. */
function times(name: string, iso: string): [string, string][] {
  const at = new Date(iso);
  const text = at.toISOString();
  const [year, month, day] = [text.slice(0, 4), text.slice(5, 7), text.slice(8, 10)];
  return [
    [name, text],
    [`${name}.seconds`, String(Math.floor(at.getTime() / 1000))],
    [`${name}.local`, text.slice(0, 19)],
    [`${name}.us`, `${month}/${day}/${year}`],
    [`${name}.compact`, `${year}${month}${day}_${text.slice(11, 13)}${text.slice(14, 16)}`],
  ];
}
