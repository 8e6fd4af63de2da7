import { expect, it } from "vitest";
import { listAudit } from "../../server/src/audit/list-audit.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { followRewards } from "../../server/src/rewards/follow-rewards.ts";
import { listOffers } from "../../server/src/rewards/shown-offers.ts";
import { signedIn } from "../access/access-world.ts";
import { openRewards } from "../channel/rewards-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { inTwoSteps } from "./console-forms.ts";

const ann = { licence: "AAAA-1", email: "ann@buyer.example" };

onEveryEngine("the pages of rewards", (bench) => {
  it("lead from a draft in the portal to the customer's page, and back to what is redeemed", async () => {
    const world = await openRewards(bench);
    const { deps, journey, sell, pass, list } = world;
    const person = async (role: string, partner?: string, name = role) => {
      const mail = `${name}@${partner ?? "acme"}.example`;
      const { id } = await addPerson(deps, { mail, role, partner, addedBy: "cli:test" });
      return signedIn({ app: journey.app, deps }, { person: id });
    };
    const portal = await person("owner", "north");
    const read = async (browser: typeof portal, path: string) => {
      const answer = await browser.get(path, { "accept-language": "en" });
      const text = await answer.text();
      expect(answer.status, path).toBe(200);
      expect(text, path).not.toMatch(/undefined|NaN|\[object|Invalid Date/);
      return text;
    };
    const own = "/portal/rewards";
    expect(await read(portal, own)).toContain("Nothing is offered yet");
    const draft = { do: "draft", kind: "points", points: "300", title: "Thank <you>" };
    expect((await portal.post(own, { ...draft, points: "many" })).status).toBe(400);
    for (const title of ["A slip", draft.title])
      expect((await portal.post(own, { ...draft, title })).status).toBe(303);
    const { offers } = await listOffers(deps);
    const [kept, slip] = [draft.title, "A slip"].map((title) => offers.find((one) => one.title === title));
    const drafted = await read(portal, own);
    expect(drafted).toContain("Thank &lt;you&gt;");
    expect(drafted).toContain("Discard: A slip");
    const asked = await (await portal.post(own, { do: "end", id: slip?.offer ?? "" })).text();
    expect(asked).toContain("It is in no list any more");
    expect(await read(portal, own)).toContain("Discard: A slip");
    await portal.post(own, { do: "end", id: slip?.offer ?? "", step: "do" });
    await portal.post(own, { do: "offer", id: kept?.offer ?? "" });
    const offered = await read(portal, own);
    expect(offered).not.toContain("A slip");
    expect(offered).toContain("End it: Thank");

    pass(1);
    await sell("first", undefined, ann);
    pass(300);
    await sell("second", undefined, ann);
    pass(31);
    await releaseDue(deps);
    await followRewards(deps);
    const [{ reward } = { reward: "" }] = await list();
    const customer = await read(
      await signedIn({ app: journey.app, deps }, { customer: ann.email }),
      "/account",
    );
    for (const said of [reward, "Thank &lt;you&gt;", "Points: 300"]) expect(customer).toContain(said);

    const desk = await person("owner");
    for (const path of ["/console/rewards", "/console/orders/stripe/second"])
      expect(await read(desk, path)).toContain(`/console/rewards/${reward}`);
    expect(await read(desk, "/console/reward-offers")).toContain("Thank &lt;you&gt;");
    expect(await read(desk, `/console/rewards/${reward}`)).toContain("Mark as redeemed");
    const finance = await person("finance", "north");
    const viewer = await person("viewer", "north");
    expect(await read(viewer, own)).not.toContain("Mark as redeemed");
    expect((await viewer.post(own, { do: "redeem", id: reward })).status).toBe(403);

    const confirm = await (await finance.post(own, { do: "redeem", id: reward })).text();
    expect(confirm).toContain("cannot be undone");
    expect(await list()).toMatchObject([{ state: "available" }]);
    const step = /name="step" value="([^"]+)"/.exec(confirm)?.[1];
    await finance.post(own, { do: "redeem", id: reward, step: step ?? "" });
    expect(await list()).toMatchObject([{ state: "redeemed" }]);
    expect(await read(desk, `/console/rewards/${reward}`)).not.toContain("Mark as redeemed");

    pass(300);
    await sell("third", undefined, ann);
    await followRewards(deps);
    const waiting = (await list()).find((one) => one.state === "waiting")?.reward;
    const later = await person("owner", undefined, "later");
    const path = `/console/rewards/${waiting}`;
    // Waiting for its commission it cannot be redeemed, only taken back.
    expect((await later.post(`${path}/redeem`, { step: "do" })).status).toBe(422);
    await inTwoSteps(later, `${path}/end`, { note: "Sold by mistake" });
    expect((await list()).find((one) => one.reward === waiting)).toMatchObject({ state: "revoked" });
    await inTwoSteps(later, "/console/reward-offers/end", { offer: kept?.offer ?? "", note: "Over" });
    expect((await listOffers(deps)).offers).toMatchObject([{ state: "ended", note: "Over" }]);
  });

  it("are the vendor's too, who offers in a partner's name and says that a customer was given it", async () => {
    const { deps, journey, sell, pass, list, sound } = await openRewards(bench);
    const { id } = await addPerson(deps, { mail: "olga@acme.example", role: "channel", addedBy: "cli:test" });
    const signIn = () => signedIn({ app: journey.app, deps }, { person: id });
    let desk = await signIn();
    const coupon = { partner: "north", title: "Merci", kind: "coupon", worth: "5,00", currency: "eur" };
    const refused = await desk.post("/console/reward-offers/draft", { ...coupon, worth: "500", step: "do" });
    expect([refused.status, await refused.text()]).toEqual([
      422,
      expect.stringContaining("The plan allows no coupon of that much."),
    ]);
    // What the plan does not allow leaves no draft behind.
    expect((await listOffers(deps)).offers).toEqual([]);
    await inTwoSteps(desk, "/console/reward-offers/draft", { ...coupon, start: "no" });
    const [{ offer } = { offer: "" }] = (await listOffers(deps)).offers;
    expect(await (await desk.get("/console/reward-offers")).text()).toContain(
      `/console/reward-offers/codes?offer=${offer}`,
    );
    expect(
      (await desk.post("/console/reward-offers/codes", { offer, codes: "SPRING-1 SPRING-2" })).status,
    ).toBe(303);
    await inTwoSteps(desk, "/console/reward-offers/start", { offer });
    expect((await listOffers(deps)).offers).toMatchObject([{ state: "offered", codesLeft: 2 }]);
    pass(1);
    await sell("first", undefined, ann);
    pass(300);
    await sell("second", undefined, ann);
    pass(31);
    await releaseDue(deps);
    desk = await signIn();
    const [{ reward } = { reward: "" }] = await list();
    const page = await (await desk.get(`/console/rewards/${reward}`)).text();
    expect(page).toContain(`/console/rewards/${reward}/redeem`);
    await inTwoSteps(desk, `/console/rewards/${reward}/redeem`, { note: "By telephone" });
    expect(await list()).toMatchObject([{ state: "redeemed", history: [{}, {}, { note: "By telephone" }] }]);
    await sound();
    const { entries } = await listAudit(deps, { actor: `person:${id}` });
    const noted = entries.map(({ subject }) => subject);
    expect(noted).toEqual([reward, offer, offer, offer]);
  });
});
