import { expect, it } from "vitest";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { readMapping } from "../../server/src/imports/read-mapping.ts";
import { setDetails } from "../../server/src/partner-details/details.ts";
import { proposePayouts } from "../../server/src/payouts/propose.ts";
import { addPlan } from "../../server/src/plans/plans.ts";
import { as } from "../../server/src/words/ids.ts";
import { openConsole } from "../console/console-world.ts";
import { detailsOf } from "../payouts/payout-details.ts";
import { payer } from "../payouts/payout-world.ts";
import { benchOf } from "../postgres/on-every-engine.ts";

it("a currency that a person types is one of ISO 4217, wherever it is typed", async () => {
  const { deps } = await openConsole(benchOf("sqlite"), { payouts: { payer } });
  await addPartner(deps, { id: "north", name: "North Shop" });
  const typed: Record<string, (currency: string) => Promise<unknown>> = {
    agreement: (currency) => setAgreement(deps, "north", { currency: as.currency(currency) }),
    plan: (currency) =>
      addPlan(deps, {
        plan: "p",
        name: "P",
        promise: "each_sale",
        capPerOrder: [{ currency, amountMinor: 1 }],
      }),
    payouts: (currency) => proposePayouts({ ...deps, blocks: [] }, { currency, dryRun: true }),
    details: (currency) => {
      const details = detailsOf("north", {});
      return setDetails(deps, "north", {
        ...details,
        accounts: details.accounts.map((one) => ({ ...one, currency })),
      });
    },
    imports: (currency) => readMapping("tapfiliate" as never, { currency }),
  };
  for (const [where, type] of Object.entries(typed)) {
    await expect(type("XYZ"), where).rejects.toMatchObject({
      code: "request_invalid",
      message: expect.stringContaining("ISO 4217"),
    });
    await type("EUR");
  }
});
