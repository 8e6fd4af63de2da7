import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { money, partnerName } from "../backstage/plain-words.ts";
import { distributor, reseller } from "../cast.ts";
import type { Demo } from "../demo.ts";
import { channelPlan, planId } from "../history/channel-plan.ts";
import { tallystick } from "../receiver/command-line.ts";
import type { Narrator } from "./narrator.ts";

/** What another plan would have paid, as `plan simulate --json` prints it. */
interface Simulation {
  orders: { read: number; changed: number };
  partners: {
    partner: string;
    currency: string;
    nowMinor: number;
    thenMinor: number;
    differenceMinor: number;
  }[];
}

const newShares = { renewal: 25, distributor: 6 } as const;

/** The vendor tries another plan on the orders of the year, and takes it into use. Nothing that was decided changes. */
export async function changePlan(demo: Demo, narrator: Narrator): Promise<void> {
  const { setting, folder } = demo;
  const file = join(folder, "new-plan.json");
  await narrator.step({
    sentence: `What would it cost to pay ${newShares.renewal} % for renewals, and ${distributor.name} ${newShares.distributor} %? tallystick plan simulate`,
    lookAt: `npm run tallystick -- plan simulate ${file} --config ${setting.configFile}`,
    async work() {
      await writeFile(file, `${JSON.stringify(channelPlan(newShares), null, 2)}\n`);
      const found = await tallystick<Simulation>(setting, "plan", "simulate", file);
      const ours = found.partners.find(
        ({ partner, currency }) => partner === reseller.id && currency === "EUR",
      );
      if (ours === undefined || ours.differenceMinor <= 0) throw new Error("it would change nothing");
      return found;
    },
    outcome: ({ orders, partners }) => [
      `${orders.read} orders paid once more, ${orders.changed} of them otherwise; nothing is written`,
      ...partners
        .filter(({ currency }) => currency === "EUR")
        .map(
          ({ partner, currency, nowMinor, thenMinor, differenceMinor }) =>
            `${partnerName(partner)}: ${money(differenceMinor, currency)} more, ${money(thenMinor, currency)} for these orders in place of ${money(nowMinor, currency)}`,
        ),
    ],
  });
  await narrator.step({
    sentence: "The vendor takes it into use for the sales from now on: plan add, plan assign",
    lookAt: `npm run tallystick -- plan list --config ${setting.configFile}`,
    async work() {
      const added = await tallystick<{ version: number }>(setting, "plan", "add", file);
      await tallystick(setting, "plan", "assign", planId, "--default");
      if (added.version !== 2) throw new Error(`it was added as version ${added.version}`);
      return added;
    },
    outcome: ({ version }) =>
      `Version ${version} pays from now on; what was decided keeps the plan of its day`,
  });
}
