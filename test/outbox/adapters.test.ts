import { expect, it } from "vitest";
import { removePartnerWebhook } from "../../server/src/outbox/destinations.ts";
import { dropMessage } from "../../server/src/outbox/outbox.ts";
import { putDestination } from "../../server/src/outbox/rows/destinations.ts";
import { as } from "../../server/src/words/ids.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openOutboxWorld } from "./outbox-world.ts";

onEveryEngine("what a network's adapter says", (bench) => {
  it("leaves a message to a person when it cannot be said by a request", async () => {
    const world = await openOutboxWorld(bench);
    await world.deps.store.write((tx) =>
      putDestination(tx, {
        id: "north/mock",
        partner_id: as.partner("north"),
        kind: "network",
        network: "mock",
        url: null,
        secret: null,
        previous_secret: null,
        previous_until: null,
        settings: '{"member":"42"}',
        status: "active",
        created_at: world.now,
        changed_at: world.now,
      }),
    );
    await removePartnerWebhook(world.deps, "north");
    await world.sell();
    await world.refund("R-1", 1190);
    await world.refund("R-2", 10_710);
    const seen: (string | null)[] = [];
    const mock = {
      prepare: (
        { kind, conversionId }: { kind: string; conversionId: string | null },
        to: { settings: Readonly<Record<string, string>> },
      ) => {
        seen.push(kind, conversionId);
        if (kind === "adjust") return { unsupported: "Change the amount in the dashboard." };
        return {
          method: "GET" as const,
          url: `http://${world.listener.host}/?m=${to.settings.member}`,
          headers: {},
        };
      },
      judge: () => ({ outcome: "delivered" as const, conversionId: "conv-1" }),
    };
    const networks = new Map([["mock", mock]]);
    await world.sendDue({ networks });
    const [, manual] = await world.messages();
    expect(manual).toMatchObject({ state: "manual", problem: "Change the amount in the dashboard." });
    await dropMessage(world.deps, { id: manual?.id ?? "", note: "Done." });
    await world.sendDue({ networks });
    expect(seen).toEqual(["convert", null, "adjust", "conv-1", "reverse", "conv-1"]);
    expect(world.listener.arrived.map(({ path }) => path)).toEqual(["/?m=42", "/?m=42"]);
  });
});
