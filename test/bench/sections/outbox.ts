import { setTimeout as pause } from "node:timers/promises";
import { Agent, request } from "undici";
import type { CreditFacts } from "../../../server/src/outbox/adapter.ts";
import { setPartnerWebhook } from "../../../server/src/outbox/destinations.ts";
import { countInState } from "../../../server/src/outbox/rows/lists.ts";
import { insertOutboxRow } from "../../../server/src/outbox/rows/outbox.ts";
import { startOutboxWorker } from "../../../server/src/outbox/worker.ts";
import { createSender } from "../../../server/src/outgoing/send-request.ts";
import { as } from "../../../server/src/words/ids.ts";
import { type Bench, connections, type Section } from "../bench.ts";
import { inTurns } from "../measure.ts";
import { openWorld, startSubject } from "../receivers.ts";
import { figure } from "../report.ts";
import type { World } from "../world.ts";

const destinations = 8;
const messages = 4_000;

/** Messages a second from rows that are due to rows that are noted, beside bare requests with the same bodies. */
export const outbox: Section = async (bench) => {
  const sink = await startSubject(bench, "controls/sink.ts");
  const url = await sink.ask("url", undefined);
  const world = await openWorld(bench);
  const partners = [...new Set(world.tokens.map(({ partner }) => partner))].slice(0, destinations);
  world.deps.config.outbox.allowPrivate.push(new URL(url).host);
  for (const partner of partners) await setPartnerWebhook(world.deps, { partner, url: `${url}/${partner}` });
  let fills = 0;
  const [sent, bare] = await inTurns(
    [
      { name: "outbox", round: () => sendAll(world, partners, ++fills) },
      { name: "bare requests", round: () => postAll(bench, url) },
    ],
    bench.options.rounds,
    bench.say,
  );
  return [
    figure({
      section: "outbox",
      what: `messages to ${destinations} webhooks, SQLite`,
      unit: "/s",
      rounds: sent ?? [],
      control: { what: "bare POST", rounds: bare ?? [] },
    }),
  ];
};

const facts = (partner: string): CreditFacts => ({
  order: as.order("0mijk3v0h8a1f0c2e4b6d8f0a2c4e"),
  shop: "stripe",
  shopOrder: "cs_a1b2c3",
  cycle: "renewal",
  product: as.product("acme-paint"),
  partner: as.partner(partner),
  currency: as.currency("EUR"),
  creditMinor: 2000,
  previousCreditMinor: 0,
  netMinor: 10_000,
  remainingNetMinor: 10_000,
  reference: null,
  cause: "sale",
  occurredAt: "2026-11-21T09:00:00.000Z",
  changedAt: "2026-11-21T09:00:00.000Z",
});

async function sendAll({ deps }: World, partners: readonly string[], fill: number): Promise<number> {
  const now = deps.clock();
  await deps.store.write(async (tx) => {
    for (let at = 0; at < messages; at++) {
      const partner = partners[at % partners.length] ?? "";
      const id = `msg_${fill}_${String(at).padStart(8, "0")}`;
      const row = { id, destination_id: `${partner}/webhook`, order_key: as.order(id), seq: 1 };
      const written = { facts: JSON.stringify(facts(partner)), due_at: now, created_at: now };
      await insertOutboxRow(tx, { ...row, kind: "convert", ...written });
    }
  });
  const begun = performance.now();
  const worker = startOutboxWorker(deps, {
    workers: connections,
    perDestination: connections / destinations,
    networks: new Map(),
    sender: createSender({ allowPrivate: deps.config.outbox.allowPrivate }),
  });
  while ((await deps.store.read((tx) => countInState(tx, "pending"))) > 0) await pause(20);
  const seconds = (performance.now() - begun) / 1000;
  await worker.stop(1_000);
  return messages / seconds;
}

async function postAll(_: Bench, url: string): Promise<number> {
  const dispatcher = new Agent({ connections });
  const body = JSON.stringify({ type: "credit.created", data: facts("reseller-000") });
  const headers = { "content-type": "application/json" };
  let left = messages;
  const begun = performance.now();
  const post = async () => {
    while (left-- > 0) {
      const response = await request(`${url}/bare`, { method: "POST", headers, body, dispatcher });
      await response.body.dump();
    }
  };
  await Promise.all(Array.from({ length: connections }, post));
  const seconds = (performance.now() - begun) / 1000;
  await dispatcher.close();
  return messages / seconds;
}
