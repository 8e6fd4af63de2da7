import type { Call } from "../config/network-template.ts";
import type {
  NetworkAdapters,
  OutboxAdapter,
  OutboxDestination,
  OutboxMessage,
  OutboxResponse,
  PreparedRequest,
  Unsupported,
  Verdict,
} from "../outbox/adapter.ts";
import { randomHex } from "../words/random-hex.ts";
import { digestAuthorization, readChallenge } from "./digest.ts";
import { asText, CannotFill, fillAll, type MacroValues } from "./fill.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { macroValues } from "./macro-values.ts";
import type { Network } from "./open-networks.ts";
import { renderCall } from "./render-call.ts";

/** The adapters of the configured networks, by their ids. */
export const networkAdapters = (networks: Iterable<Network>): NetworkAdapters =>
  new Map([...networks].map((network) => [network.id, networkAdapter(network)]));

/**
 * Makes the adapter of a network from its template. When the network does not offer an effect, or a value that it
 * needs is missing, the adapter returns a sentence that tells a person what to do by hand.
 */
export function networkAdapter(network: Network): OutboxAdapter {
  return {
    prepare: (message, destination, now) =>
      message.kind === "notice"
        ? { unsupported: `${network.name} hears of credits alone.` }
        : prepareEffect(network, message.kind, message, destination, now),
    judge: (response, sent) => judge(network, response, sent),
  };
}

/** Renders the request of an effect, or returns a sentence that says what to do by hand. */
export function prepareEffect(
  network: Network,
  effect: "convert" | "adjust" | "reverse" | "test",
  message: OutboxMessage,
  destination: OutboxDestination,
  now: Date,
): PreparedRequest | Unsupported {
  const rules = network.effects[effect];
  if (rules === undefined) return { unsupported: `${network.name} has no test mode.` };
  const values = macroValues(message, network.settings, destination.settings);
  const inWords = () => `${deeds[effect]} order ${message.facts.shopOrder} in ${network.name} by hand`;
  try {
    const currency = foreignCurrency(network, message, values);
    if (currency !== undefined)
      return {
        unsupported: `${inWords()}: it takes amounts in ${currency}, and this one is in ${message.facts.currency}.`,
      };
    if ("byHand" in rules) return { unsupported: fillAll(rules.byHand, known(values), asText) };
    return renderCall(rules, network.base, values, now);
  } catch (error) {
    if (!(error instanceof CannotFill)) throw error;
    return { unsupported: `${inWords()}: ${error.message}.` };
  }
}

const deeds = { convert: "Enter", adjust: "Correct", reverse: "Cancel", test: "Try" } as const;

function foreignCurrency(
  network: Network,
  { facts }: OutboxMessage,
  values: MacroValues,
): string | undefined {
  const { onlyCurrency } = network.effects;
  const currency = onlyCurrency === undefined ? undefined : fillAll(onlyCurrency, values, asText);
  return currency === facts.currency ? undefined : currency;
}

/** The values for a sentence to a person, with `(unknown)` in place of those that are empty. */
const known = (values: MacroValues): MacroValues =>
  new Map([...values].map(([name, text]) => [name, text || "(unknown)"]));

function judge(
  network: Network,
  response: OutboxResponse,
  sent: { message: OutboxMessage; request: PreparedRequest },
): Verdict {
  const { kind } = sent.message;
  const rules = kind === "notice" ? undefined : network.effects[kind];
  // The template has changed since the request was made: only the status can be judged.
  if (rules === undefined || "byHand" in rules)
    return judgeAnswer(response, { done: [], duplicate: [], retry: [] });
  return answerChallenge(network, rules, response, sent) ?? judgeAnswer(response, rules.answer);
}

/** With digest authentication (RFC 7616) the first request gets a challenge, and is sent again with its answer. */
function answerChallenge(
  network: Network,
  { auth }: Call,
  response: OutboxResponse,
  { message, request }: { message: OutboxMessage; request: PreparedRequest },
): Verdict | undefined {
  if (auth.kind !== "digest" || response.status !== 401 || request.headers.authorization !== undefined)
    return undefined;
  const challenge = readChallenge(response.headers.get("www-authenticate") ?? "");
  if (challenge === undefined) return { outcome: "retry", problem: "challenge_unknown" };
  const values = macroValues(message, network.settings, {});
  const url = new URL(request.url);
  const authorization = digestAuthorization({
    challenge,
    method: request.method,
    target: url.pathname + url.search,
    user: fillAll(auth.user, values, asText),
    password: fillAll(auth.password, values, asText),
    body: request.body ?? "",
    cnonce: randomHex(16),
  });
  return { outcome: "again", request: { ...request, headers: { ...request.headers, authorization } } };
}
