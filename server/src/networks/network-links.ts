import { requireTradingPartner } from "../channel/active-partner.ts";
import type { Deps } from "../deps/deps.ts";
import {
  findDestination,
  listDestinations,
  lockDestination,
  putDestination,
} from "../outbox/rows/destinations.ts";
import type { DestinationRow } from "../outbox/rows/schema.ts";
import { isoTime } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { cutPage, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import type { Settings } from "./macro-values.ts";

/** That a partner is a member of a network, which therefore hears of its sales. Times are ISO 8601 in UTC. */
export interface NetworkLink {
  network: string;
  partner: string;
  /** What the network calls the partner, under `id`, and whatever else its template asks for. */
  settings: Settings;
  status: "active" | "removed";
  createdAt: string;
  changedAt: string;
}

type Needs = Pick<Deps, "store" | "clock" | "config">;

/** The id of a partner's membership among destinations. */
const linkOf = ({ network, partner }: Pick<NetworkLink, "network" | "partner">) => `${partner}/${network}`;

/**
 * Notes that a partner is a member of a network: from now on the network hears of its sales. A link that is made again
 * has its settings replaced.
 *
 * @throws {Refusal} `network_unknown`, `partner_unknown`, `partner_ended`, `request_invalid`
 */
export async function linkNetwork(
  { store, clock, config }: Needs,
  link: { network: string; partner: string; settings: Settings },
): Promise<NetworkLink> {
  refuseUnknownNetwork(config, link.network);
  refuseUnfitSettings(link.settings);
  const now = clock();
  const row = await store.write(async (tx) => {
    await requireTradingPartner(tx, link.partner);
    const known = await lockDestination(tx, linkOf(link));
    const row: DestinationRow = {
      id: linkOf(link),
      partner_id: as.partner(link.partner),
      kind: "network",
      network: link.network,
      url: null,
      secret: null,
      previous_secret: null,
      previous_until: null,
      settings: JSON.stringify(link.settings),
      status: "active",
      created_at: known?.created_at ?? now,
      changed_at: now,
    };
    await putDestination(tx, row);
    return row;
  });
  return linkFrom(row);
}

/**
 * Ends a partner's membership: the network hears of no further sale, and what waits is dropped.
 *
 * @throws {Refusal} `network_link_unknown`
 */
export async function unlinkNetwork(
  { store, clock }: Needs,
  link: Pick<NetworkLink, "network" | "partner">,
): Promise<NetworkLink> {
  const now = clock();
  const row = await store.write(async (tx) => {
    const known = await lockDestination(tx, linkOf(link));
    if (known === undefined || known.status === "removed") return refuseUnknownLink(link);
    const changed: DestinationRow = { ...known, status: "removed", changed_at: now };
    await putDestination(tx, changed);
    return changed;
  });
  return linkFrom(row);
}

/**
 * The link of a partner to a network.
 *
 * @throws {Refusal} `network_unknown`, `network_link_unknown`
 */
export async function showNetworkLink(
  { store, config }: Pick<Needs, "store" | "config">,
  link: Pick<NetworkLink, "network" | "partner">,
): Promise<NetworkLink> {
  refuseUnknownNetwork(config, link.network);
  const row = await store.read((tx) => findDestination(tx, linkOf(link)));
  return row === undefined ? refuseUnknownLink(link) : linkFrom(row);
}

/** Partners' memberships in networks, by partner; those that have ended too. */
export async function listNetworkLinks(
  { store }: Pick<Needs, "store">,
  { limit: asked, after = "" }: { limit?: number | undefined; after?: string | undefined } = {},
): Promise<{ links: NetworkLink[]; next: string | null }> {
  const limit = rowsOfPage(asked);
  const rows = await store.read((tx) => listDestinations(tx, { kind: "network", after, limit: limit + 1 }));
  const { shown, next } = cutPage(rows, limit, ({ id }) => id);
  return { links: shown.map(linkFrom), next };
}

/** @throws {Refusal} `network_unknown` with the networks that there are */
export function refuseUnknownNetwork({ networks }: Pick<Deps["config"], "networks">, network: string): void {
  if (networks.has(network)) return;
  const known = [...networks.keys()].join(", ") || "none";
  throw new Refusal(
    "network_unknown",
    `There is no network ${JSON.stringify(network)}; the configuration has ${known}.`,
  );
}

function refuseUnknownLink({ network, partner }: Pick<NetworkLink, "network" | "partner">): never {
  throw new Refusal(
    "network_link_unknown",
    `The partner ${JSON.stringify(partner)} is not a member of ${network}; \`network link\` makes it one.`,
  );
}

const maxSettings = 20;

/** Settings end up in addresses and headers of requests: what cannot stand there is refused here already. */
function refuseUnfitSettings(settings: Settings): void {
  const entries = Object.entries(settings);
  const isFit = ([name, value]: [string, string]) =>
    /^[a-z][A-Za-z0-9_]{0,39}$/.test(name) && /^[^\p{Cc}]{1,200}$/u.test(value) && value.isWellFormed();
  if (entries.length <= maxSettings && entries.every(isFit)) return;
  throw new Refusal(
    "request_invalid",
    `Expected at most ${maxSettings} settings, each a name such as id and a text of 1 to 200 characters on one line.`,
  );
}

const linkFrom = (row: DestinationRow): NetworkLink => ({
  network: row.network ?? "",
  partner: row.partner_id,
  settings: JSON.parse(row.settings) as Settings,
  status: row.status,
  createdAt: isoTime(row.created_at),
  changedAt: isoTime(row.changed_at),
});
