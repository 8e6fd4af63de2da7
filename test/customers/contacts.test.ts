import { expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { listCustomers, removeCustomer } from "../../server/src/customers/shown-customers.ts";
import { tellCustomers } from "../../server/src/customers/tell-customers.ts";
import { resolveOrder } from "../../server/src/orders/rule/resolve-order.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openCustomers } from "./customers-world.ts";

onEveryEngine("who bought an order", (bench) => {
  it("is told to its seller, while everything is shared and the last term is hers", async () => {
    const { deps, journey, sell, ask, agree } = await openCustomers(bench);
    const licence = "NNNN-0001";
    const email = "ann@works.example";
    await sell("cs_n", deps.clock(), { licence, by: "north", email });
    for (const partner of ["south", "big"]) await agree(partner, { sharing: "full" });
    const contactFor = async (partner: string) =>
      (await ask(partner, "/v1/partner/orders/stripe/cs_n")).body.contact;
    const customer = { email, product: "acme-paint", licence, name: "Ann" };
    await tellCustomers(deps, { by: "vendor" }, [{ row: 1, ...customer }]);
    for (const sharing of ["none", "transaction"] as const) {
      await agree("north", { sharing });
      expect(await contactFor("north")).toBeUndefined();
      journey.pass(1);
    }
    await agree("north", { sharing: "full" });
    expect(await contactFor("north")).toEqual({ email, name: "Ann" });
    // Who stands above sees what was bought, and not the customer of the partner below.
    const above = await ask("big", "/v1/partner/orders/stripe/cs_n");
    expect(above.text).not.toContain("ann");
    // A key for sales alone is none for customers.
    const { key } = await issuePartnerKey(deps, { partner: "north", scopes: ["sales"] });
    const limited = await journey.app.request("/v1/partner/orders/stripe/cs_n", {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(await limited.json()).not.toHaveProperty("contact");
    // The next term is another's, and so is the customer.
    journey.pass(1);
    await sell("cs_s", deps.clock(), { licence, email });
    await resolveOrder(deps, { shop: "stripe", order: "cs_s", partner: "south", note: "hers" });
    expect(await contactFor("north")).toBeUndefined();
    expect((await ask("south", "/v1/partner/orders/stripe/cs_s")).body.contact).toEqual({
      email,
      name: "Ann",
    });
    const [person] = (await listCustomers(deps)).customers;
    await removeCustomer(deps, { customer: person?.customer ?? "" });
    expect((await ask("south", "/v1/partner/orders/stripe/cs_s")).body).not.toHaveProperty("contact");
  });

  it("is told by what its seller told itself", async () => {
    const { deps, sell, ask, agree } = await openCustomers(bench);
    const [licence, email] = ["NNNN-0001", "ann@works.example"];
    await sell("cs_n", deps.clock(), { licence, by: "north", email });
    await agree("north", { sharing: "full" });
    const contact = async () => (await ask("north", "/v1/partner/orders/stripe/cs_n")).body.contact;
    expect(await contact()).toBeUndefined();
    const customers = [{ email, name: "Anna", product: "acme-paint", licence }];
    await ask("north", "/v1/partner/customers", { method: "POST", body: { customers } });
    expect(await contact()).toEqual({ email, name: "Anna" });
  });
});
