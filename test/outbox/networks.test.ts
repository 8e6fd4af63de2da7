import { expect, it } from "vitest";
import { networkConfig } from "../../server/src/config/network-config.ts";
import { networkAdapters } from "../../server/src/networks/network-adapter.ts";
import { linkNetwork, unlinkNetwork } from "../../server/src/networks/network-links.ts";
import { openNetwork } from "../../server/src/networks/open-networks.ts";
import { dropMessage } from "../../server/src/outbox/outbox.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openOutboxWorld } from "./outbox-world.ts";

const template = (host: string) =>
  networkConfig.parse({
    kind: "custom",
    base: `http://${host}`,
    convert: {
      method: "POST",
      path: "/sales",
      auth: { kind: "digest", user: "Mufasa", password: "Circle of Life" },
      body: { json: { o: "{order}", a: { $number: "{amount}" }, m: "{member.id}" } },
      answer: { done: [{ pointer: "/id", exists: true }], conversion: { pointer: ["/id"] } },
    },
    adjust: { byHand: "Change sale {conversion} to {amount} {currency}." },
    reverse: { method: "DELETE", path: "/sales/{conversion}" },
  });

/** A member of a network that speaks as its template says, and asks for a digest once. */
async function openNetworkWorld(world: Awaited<ReturnType<typeof openOutboxWorld>>) {
  const network = template(world.listener.host);
  const deps = { ...world.deps, config: { ...world.deps.config, networks: new Map([["own", network]]) } };
  const link = { network: "own", partner: "north" };
  await linkNetwork(deps, { ...link, settings: { id: "77" } });
  world.listener.answer(({ method, headers }) => {
    if (method === "DELETE") return { status: 204 };
    if (headers.authorization !== undefined) return { status: 200, body: '{"id":"c/9"}' };
    return { status: 401, headers: { "www-authenticate": 'Digest realm="r", nonce="n", qop="auth"' } };
  });
  const networks = networkAdapters([openNetwork("own", network as never)]);
  return { deps, link, networks };
}

onEveryEngine("a sale of a network's member", (bench) => {
  it("is told as the template says, and cancelled by the network's own id; the rest is for a person", async () => {
    const world = await openOutboxWorld(bench, { hears: false });
    const { networks } = await openNetworkWorld(world);
    await world.sell();
    await world.refund("R-1", 1190);
    await world.refund("R-2", 10_710);
    await world.sendDue({ networks });
    const [, manual] = await world.messages();
    expect(manual).toMatchObject({ state: "manual", problem: "Change sale c/9 to 90.00 EUR." });
    await dropMessage(world.deps, { id: manual?.id ?? "", note: "Done." });
    await world.sendDue({ networks });
    expect(world.listener.arrived.map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual([
      'POST /sales {"o":"A-1001","a":100.00,"m":"77"}',
      'POST /sales {"o":"A-1001","a":100.00,"m":"77"}',
      "DELETE /sales/c%2F9 ",
    ]);
    expect(world.listener.arrived[1]?.headers.authorization).toMatch(/^Digest username="Mufasa"/);
  });

  it("is not told once the membership has ended", async () => {
    const world = await openOutboxWorld(bench, { hears: false });
    const { deps, link, networks } = await openNetworkWorld(world);
    await unlinkNetwork(deps, link);
    await world.sell();
    await world.sendDue({ networks });
    expect([await world.messages(), world.listener.arrived]).toEqual([[], []]);
  });
});
