import type { NetworkConfig, NetworkSettings } from "../config/network-config.ts";
import { type ReadEffects, readEffects } from "../config/network-template.ts";
import { asText, fillAll } from "./fill.ts";
import type { Settings } from "./macro-values.ts";
import { readyTemplates } from "./ready-templates.ts";

/** A network that can be spoken to: its template, and the settings that fill it. */
export interface Network {
  /** Its id in the configuration. */
  id: string;
  kind: NetworkConfig["kind"];
  /** As the network calls itself; a custom one has its id. */
  name: string;
  base: URL;
  effects: ReadEffects;
  /** By the name of a setting; secrets are among them. */
  settings: Settings;
  memberId: string;
  sources: readonly string[];
  unverified: string | null;
}

/** Puts a network of the configuration together; its secrets are read already. */
export function openNetwork(id: string, given: NetworkSettings): Network {
  if (given.kind === "custom") {
    const { kind, base, settings, secrets, ...effects } = given;
    return {
      id,
      kind,
      name: id,
      base: new URL(base),
      effects: effects as ReadEffects,
      settings: { ...settings, ...secrets },
      memberId: "the partner's id in the network",
      sources: [],
      unverified: null,
    };
  }
  const { kind, ...members } = given;
  const template = readyTemplates[kind];
  const settings = textsOf(members);
  const values = new Map(Object.entries(settings).map(([name, text]) => [`network.${name}`, text]));
  return {
    id,
    kind,
    name: template.name,
    base: new URL(fillAll(template.base, values, asText)),
    effects: readEffects(template.effects),
    settings,
    memberId: template.memberId,
    sources: template.sources,
    unverified: template.unverified ?? null,
  };
}

/** The settings that have a value; one that may be left out is then absent. */
const textsOf = (members: object): Settings =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => typeof value === "string"));

/** All networks of the configuration, their secrets read already. */
export const openNetworks = (settings: ReadonlyMap<string, NetworkSettings>): Network[] =>
  [...settings].map(([id, given]) => openNetwork(id, given));
