import { expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import type { Sharing } from "../../server/src/agreements/agreement.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { answerDispute } from "../../server/src/disputes/answer-dispute.ts";
import { openDispute } from "../../server/src/disputes/open-dispute.ts";
import { ruleDispute } from "../../server/src/disputes/rule-dispute.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { openChannel } from "../channel/channel-world.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";

/**
 * What north sees of its contested decision, from opening to ruling, where the order it names is nobody's and unknown,
 * or south's, who contests it too and of whom the vendor notes this and that.
 */
async function northSees(bench: Bench, { sharing, theirs }: { sharing: Sharing; theirs: boolean }) {
  const { deps, journey, start, sell } = await openChannel(bench);
  await setAgreement(deps, "north", { sharing, since: start });
  if (theirs) {
    await sell("contested", addDays(start, 1), { by: "south", licence: "CCCC-DDDD" });
    await openDispute(deps, "south", { number: "contested", text: "South's own." });
  }
  const { key } = await issuePartnerKey(deps, { partner: "north" });
  const seen: string[] = [];
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await journey.app.request(`/v1/partner/disputes${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    // Ids end by chance.
    seen.push(`${method} ${response.status} ${text.replaceAll(/dp_[0-9a-z]{29}/g, "dp")}`);
    return text;
  };
  const claims = [
    { number: "contested" },
    { serial: "CCCC-DDDD" },
    { date: "2026-11-22", product: "acme-paint" },
  ];
  for (const claim of claims) {
    // Lists go by time.
    journey.pass(1);
    const { id } = JSON.parse(await ask("POST", "", { ...claim, text: "We sold this copy." })) as {
      id: string;
    };
    if (theirs) await answerDispute(deps, id, { text: "South has an invoice.", internal: true });
    await answerDispute(deps, id, { text: "Which invoice?" });
    await ask("GET", `/${id}`);
    await ask("POST", `/${id}/messages`, { text: "Number 17." });
    await ask("GET", "");
    if (claim === claims[1])
      await ruleDispute(deps, id, { to: theirs ? "as-decided" : "nobody", note: "South's." });
    else await ruleDispute(deps, id, { to: "as-decided", note: theirs ? "South's." : "Unknown." });
    await ask("GET", `/${id}`);
  }
  await ask("GET", "?limit=1");
  return seen;
}

onEveryEngine("what a partner learns of a decision that it contests", (bench) => {
  it.each<[Sharing]>([["none"], ["full"]])(
    "is the same whether the order is unknown or another's, sharing %s",
    async (sharing) => {
      const unknown = await northSees(bench, { sharing, theirs: false });
      const theirs = await northSees(bench, { sharing, theirs: true });
      expect(theirs).toEqual(unknown);
      expect(unknown).toHaveLength(16);
      for (const text of theirs) expect(text).not.toMatch(/south|South/);
    },
  );
});
