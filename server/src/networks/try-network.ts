import type { Environment } from "../config/load-config.ts";
import { type NetworkConfig, readNetwork, secretNames } from "../config/network-config.ts";
import { secretText } from "../config/secrets.ts";
import type { OutboxDestination, OutboxMessage, PreparedRequest } from "../outbox/adapter.ts";
import { SendFailure } from "../outgoing/send-failure.ts";
import type { Sender } from "../outgoing/send-request.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { judgeAnswer } from "./judge-answer.ts";
import type { Settings } from "./macro-values.ts";
import { prepareEffect } from "./network-adapter.ts";
import { openNetwork } from "./open-networks.ts";

/** What a network would be sent for an effect, its secrets masked; or what a person would be told to do. */
export interface EffectPreview {
  effect: "convert" | "adjust" | "reverse" | "test";
  request: PreparedRequest | null;
  byHand: string | null;
}

/** Whom it would be about. */
export interface Trial {
  id: string;
  network: NetworkConfig;
  partner: string;
  /** The partner's settings in the network. */
  settings: Settings;
  now: Instant;
}

const mask = "***";

/**
 * The requests that a network would be sent about an order of 49.00, of which 20.00 are refunded and then the rest.
 * No secret is read: they are masked before anything is made of them.
 */
export function previewNetwork(trial: Trial): EffectPreview[] {
  const network = openNetwork(
    trial.id,
    readNetwork(trial.network, trial.id, () => mask),
  );
  const kinds = ["convert", "adjust", "reverse"] as const;
  const effects = network.effects.test === undefined ? kinds : ([...kinds, "test"] as const);
  const currency = currencyOf(network.effects.onlyCurrency, network.settings);
  return effects.map((effect) => {
    const message = sampleMessage(effect, trial, currency);
    const prepared = prepareEffect(network, effect, message, destinationOf(trial), new Date(trial.now));
    return "unsupported" in prepared
      ? { effect, request: null, byHand: prepared.unsupported }
      : { effect, request: masked(prepared, secretNames(trial.network).length > 0), byHand: null };
  });
}

/** What came of a test conversion. */
export interface NetworkTest {
  network: string;
  delivered: boolean;
  /** HTTP status of the answer; null when there was none. */
  status: number | null;
  /** Why it was not taken, in a word. */
  problem: string | null;
  /** How the network named it. */
  conversionId: string | null;
  /** The beginning of what it answered. */
  answer: string;
}

/** Sends a conversion to a network's test mode; undefined when it has none. */
export async function testNetwork(
  trial: Trial,
  sender: Sender,
  env: Environment,
): Promise<NetworkTest | undefined> {
  const network = openNetwork(
    trial.id,
    readNetwork(trial.network, trial.id, (source, path) => secretText(source, env, path)),
  );
  const rules = network.effects.test;
  if (rules === undefined) return undefined;
  const message = sampleMessage("test", trial, currencyOf(network.effects.onlyCurrency, network.settings));
  const prepared = prepareEffect(network, "test", message, destinationOf(trial), new Date(trial.now));
  const result = { network: trial.id, delivered: false, status: null, conversionId: null, answer: "" };
  if ("unsupported" in prepared) return { ...result, problem: prepared.unsupported };
  try {
    const response = await sender.send(prepared);
    const verdict = judgeAnswer(response, rules.answer);
    return {
      network: trial.id,
      delivered: verdict.outcome === "delivered",
      status: response.status,
      problem: "problem" in verdict ? verdict.problem : null,
      conversionId: verdict.outcome === "delivered" ? (verdict.conversionId ?? null) : null,
      answer: response.body.slice(0, 2_000),
    };
  } catch (error) {
    if (!(error instanceof SendFailure)) throw error;
    return { ...result, problem: error.problem };
  }
}

/** Where the mask was encoded it is shown as itself; a name and its password are in one piece, so that is masked whole. */
function masked(request: PreparedRequest, hasSecrets: boolean): PreparedRequest {
  if (!hasSecrets) return request;
  const show = (text: string) => text.replaceAll("%2A%2A%2A", mask);
  const headers = Object.entries(request.headers).map(([name, value]) =>
    name === "authorization" ? [name, `${value.split(" ", 1)[0]} ${mask}`] : [name, value],
  );
  const { body } = request;
  return {
    ...request,
    url: show(request.url),
    headers: Object.fromEntries(headers),
    ...(body === undefined ? {} : { body: show(body) }),
  };
}

const usualCurrency = "EUR";

/** A template's only currency is a setting of the network. */
function currencyOf(onlyCurrency: string | undefined, settings: Settings): string {
  const [, name] = /^\{network\.(\w+)\}$/.exec(onlyCurrency ?? "") ?? [];
  return (name === undefined ? onlyCurrency : settings[name]) ?? usualCurrency;
}

const destinationOf = ({ id, partner, settings }: Trial): OutboxDestination => ({
  id: `${partner}/${id}`,
  partner: as.partner(partner),
  sharing: "full",
  url: null,
  secrets: [],
  settings,
});

const remainingMinor = { convert: 4_900, test: 4_900, adjust: 2_900, reverse: 0 } as const;

function sampleMessage(
  effect: EffectPreview["effect"],
  { partner, now }: Trial,
  currency: string,
): OutboxMessage {
  const left = remainingMinor[effect];
  return {
    key: "msg_000000000000000000000000",
    kind: effect === "test" ? "convert" : effect,
    seq: 1,
    conversionId: effect === "adjust" || effect === "reverse" ? "CONVERSION-ID" : null,
    facts: {
      order: as.order("tallystick-test"),
      shop: "tallystick-test",
      shopOrder: `tallystick-test-${Math.floor(now / 1000)}`,
      cycle: "renewal",
      product: as.product("tallystick-test"),
      partner: as.partner(partner),
      currency: as.currency(currency),
      creditMinor: left / 10,
      previousCreditMinor: 490,
      netMinor: 4_900,
      remainingNetMinor: left,
      reference: null,
      cause: effect === "convert" || effect === "test" ? "sale" : "refund",
      occurredAt: isoTime(now),
      changedAt: isoTime(now),
    },
  };
}
