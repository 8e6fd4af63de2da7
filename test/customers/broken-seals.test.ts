import { expect, it } from "vitest";
import { resealCustomers } from "../../server/src/customers/reseal-customers.ts";
import { Unopened } from "../../server/src/secrets/unopened.ts";
import { runRaw } from "../journey/raw-database.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openCustomers } from "./customers-world.ts";

onEveryEngine("customers", (bench) => {
  it("whose seal somebody broke keep no other from being sealed anew, and are tried once", async () => {
    const { deps, journey, sell, ask, agree } = await openCustomers(bench);
    await sell("cs_s", deps.clock(), { licence: "SSSS-0001", by: "south" });
    await agree("south", { sharing: "full" });
    const told = ["ann", "bob", "carl"].map((name) => ({
      email: `${name}@works.example`,
      product: "acme-paint",
      licence: "SSSS-0001",
    }));
    await ask("south", "/v1/partner/customers", { method: "POST", body: { customers: told } });
    const ids = `select customer_id from customer_people where sealed_for <> 'vendor' order by customer_id limit 2`;
    await runRaw(journey.database, [
      `update customer_people set sealed = ${bench.engine === "sqlite" ? "x'00'" : "'\\x00'"} where customer_id in (${ids})`,
    ]);
    await agree("south", { sharing: "transaction" });
    const unopened = new Unopened();
    const options = { rowsPerStep: 1, unopened };
    expect(await resealCustomers(deps, options)).toBe(1);
    const unwritten = { ...deps.store, write: () => Promise.reject(new Error("written")) };
    let openings = 0;
    const hashes = {
      ...deps.hashes,
      get customerKey() {
        openings++;
        return deps.hashes.customerKey;
      },
    };
    expect(await resealCustomers({ ...deps, store: unwritten, hashes }, options)).toBe(0);
    expect(openings).toBe(0);
  });
});
