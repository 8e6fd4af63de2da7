import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { expect, it, onTestFinished } from "vitest";
import { createSender } from "../../server/src/outgoing/send-request.ts";
import { createLicenceChecker } from "../../server/src/renewal/licence-check.ts";
import { standardWebhooksKey } from "../../server/src/secrets/webhook-signatures/signing-secret.ts";
import { isoTime, systemClock } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openAttack } from "./attack-world.ts";

const secret = `whsec_${Buffer.from("a secret of the licence system").toString("base64")}`;
const product = as.product("acme-paint");

/** The vendor's own licence system: it checks the signature with the package of Standard Webhooks. */
async function openLicenceSystem(answer: (licence: string) => object | number) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const headers = request.headers as Record<string, string>;
      const { product: of, licence } = new Webhook(secret).verify(body, headers) as Record<string, string>;
      expect(of).toBe("acme-paint");
      asked.push(licence ?? "");
      const said = answer(licence ?? "");
      response.writeHead(typeof said === "number" ? said : 200).end(JSON.stringify(said));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/licences` };
}

async function openChecked(
  bench: Parameters<typeof openAttack>[0],
  answer: (licence: string) => object | number,
) {
  const attack = await openAttack(bench);
  const system = await openLicenceSystem(answer);
  const reading = standardWebhooksKey(secret);
  if ("problem" in reading) throw new Error(reading.problem);
  const sender = createSender({ allowPrivate: ["127.0.0.1"] });
  onTestFinished(() => sender.close());
  // The package checks the signature's time against the machine's clock.
  const checker = createLicenceChecker(
    { ...attack.deps, clock: systemClock },
    { ...system, key: reading.key, sender },
  );
  const claim = async (licence: string, token: string) => {
    await attack.register(licence, token);
    checker.ask({ product, licence });
    await checker.idle();
  };
  return Object.assign(attack, { system, checker, claim });
}

onEveryEngine("the vendor's own licence system", (bench) => {
  it("holds the credits of a licence that it does not know, and asks again an hour later at the earliest", async () => {
    const world = await openChecked(bench, (licence) => ({ known: licence === "REAL" }));
    await world.claim("GUESS", world.mallory);
    await world.claim("GUESS", world.mallory);
    await world.claim("REAL", world.honest);
    expect(world.system.asked).toEqual(["GUESS", "REAL"]);
    await world.buy({ id: "cs_1", licence: "GUESS" });
    await world.buy({ id: "cs_2", licence: "REAL" });
    expect(await world.explain("cs_1")).toMatchObject({ outcome: "held", reason: "licence_unknown" });
    expect(await world.explain("cs_2")).toMatchObject({ outcome: "credited", partner: "honest" });
    expect(await world.gain()).toBe(0);
  });

  it("holds what was credited before it answered, when the licence was sold after the claim", async () => {
    let soldAt = "";
    const world = await openChecked(bench, () => ({ known: true, soldAt }));
    await world.register("NEXT", world.mallory);
    world.pass(1);
    soldAt = isoTime(world.now);
    await world.buy({ id: "cs_1", licence: "NEXT" });
    expect(await world.explain("cs_1")).toMatchObject({ outcome: "credited", partner: "mallory" });
    world.checker.ask({ product, licence: "NEXT" });
    await world.checker.idle();
    expect(await world.explain("cs_1")).toMatchObject({ outcome: "held", reason: "claimed_before_sale" });
    expect(world.logged("order.held")).toMatchObject([{ order: "cs_1", reason: "claimed_before_sale" }]);
    expect(await world.gain()).toBe(0);
  });

  it.each([500, 404, 302])("says nothing when it answers %d, and a person can see that", async (status) => {
    const world = await openChecked(bench, () => status);
    await world.claim("L1", world.honest);
    expect(world.logged("licence.unchecked")).toMatchObject([{ product: "acme-paint" }]);
    await world.buy({ id: "cs_1", licence: "L1" });
    expect(await world.explain("cs_1")).toMatchObject({ outcome: "credited", partner: "honest" });
  });
});
