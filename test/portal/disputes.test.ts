import { expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { answerDispute } from "../../server/src/disputes/answer-dispute.ts";
import type { PartnerDispute } from "../../server/src/disputes/dispute.ts";
import { listPartnerDisputes, openDispute } from "../../server/src/disputes/open-dispute.ts";
import { ruleDispute } from "../../server/src/disputes/rule-dispute.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { cookieName } from "../../server/src/sessions/cookie.ts";
import { as as asId } from "../../server/src/words/ids.ts";
import type { PartnerRole } from "../../server/src/words/roles.ts";
import { type Browser, signedIn } from "../access/access-world.ts";
import { openChannel } from "../channel/channel-world.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { read, seen } from "./seen.ts";

const south = asId.partner("south");

/** An order that counts for north, and people of south, who contests it. */
async function openPages(bench: Bench) {
  const world = await openChannel(bench);
  const { deps, journey, sell, start } = world;
  await setAgreement(deps, "north", { sharing: "transaction", since: start });
  await sell("o1");
  const as = async (role: PartnerRole, partner = "south") => {
    const mail = `${role}@${partner}.example`;
    const { id } = await addPerson(deps, { mail, role, partner, addedBy: "cli:test" });
    return signedIn({ app: journey.app, deps }, { person: id });
  };
  const { key } = await issuePartnerKey(deps, { partner: "south" });
  const api = async (id: string) =>
    (await (
      await journey.app.request(`/v1/partner/disputes/${id}`, { headers: { authorization: `Bearer ${key}` } })
    ).json()) as PartnerDispute;
  /** Sends a form with a file, as a browser does. */
  const postFile = async (
    { secret, formToken }: Browser,
    path: string,
    fields: Record<string, File | string>,
  ) => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ "form-token": formToken, ...fields })) body.set(name, value);
    const headers = {
      cookie: `${cookieName(deps.config.issuer, "tallystick")}=${secret}`,
      accept: "text/html",
      "sec-fetch-site": "same-origin",
    };
    return journey.app.request(path, { method: "POST", headers, body });
  };
  const idsOf = async () => (await listPartnerDisputes(deps, south)).disputes.map(({ id }) => id);
  return { ...world, as, api, postFile, idsOf };
}

onEveryEngine("the portal's contested decisions", (bench) => {
  it("are opened by a form, show what the API shows, and are answered there", async () => {
    const { deps, as, api, postFile, idsOf } = await openPages(bench);
    const owner = await as("owner");
    expect(seen(await read(owner.get("/portal/disputes")))).toContain("You contest nothing.");
    expect(await read(owner.get("/portal/disputes/new?number=o1"))).toContain('value="o1"');
    const opened = await owner.post("/portal/disputes", {
      number: "o1",
      serial: "",
      date: "",
      text: "We sold <it>.",
    });
    const [id = ""] = await idsOf();
    const path = `/portal/disputes/${id}`;
    expect([opened.status, opened.headers.get("location")]).toEqual([303, path]);
    expect(await api(id)).toMatchObject({ claim: { number: "o1" }, state: "open" });
    const list = seen(await read(owner.get("/portal/disputes", { "accept-language": "en" })));
    expect(list).toContain("o1");
    expect(list).toContain("waits for the vendor");
    await answerDispute(deps, id, { text: "Ask north.", internal: true });
    await answerDispute(deps, id, { text: "Which invoice?\nAnd when?" });
    const viewer = await as("viewer");
    const page = await read(viewer.get(path, { "accept-language": "en" }));
    expect(page).toContain("Which invoice?<br>And when?");
    expect(page).toContain("We sold &lt;it&gt;.");
    expect(page).not.toContain("Ask north");
    expect(page).not.toContain(`action="${path}`);
    expect((await viewer.post(`${path}/messages`, { text: "x" })).status).toBe(403);
    expect((await viewer.get("/portal/disputes/new")).status).toBe(403);
    const invoice = new File(["invoice 17"], "../invoice 17.txt", { type: "text/plain" });
    const sent = await postFile(owner, `${path}/messages`, { text: "This one.", file: invoice });
    expect(sent.headers.get("location")).toBe(path);
    const { thread } = await api(id);
    expect(thread.map(({ text, file }) => [text, file?.name])).toEqual([
      ["We sold <it>.", undefined],
      ["Which invoice?\nAnd when?", undefined],
      ["This one.", "invoice 17.txt"],
    ]);
    expect(await read(owner.get(path))).toContain(`href="${path}/files/3"`);
    const file = await viewer.get(`${path}/files/3`);
    expect([file.headers.get("content-type"), await file.text()]).toEqual([
      "application/octet-stream",
      "invoice 17",
    ]);
    await ruleDispute(deps, id, { to: { partner: "south" }, note: "Invoice 17." });
    const ruled = await read(owner.get(path, { "accept-language": "de" }));
    expect(seen(ruled)).toContain("stattgegeben");
    expect(ruled).not.toContain(`action="${path}`);
    expect((await owner.post(`${path}/messages`, { text: "x" })).status).toBe(409);
  });

  it("say what is wrong with a form, and keep what was entered", async () => {
    const { as, postFile, idsOf } = await openPages(bench);
    const finance = await as("finance");
    for (const fields of [
      { text: "Ours." },
      { number: "o1", text: " " },
      { date: "2026-02-31", product: "acme-paint", text: "Ours." },
      { number: "o\u00001", text: "Ours." },
      { number: "o".repeat(257), text: "Ours." },
    ])
      expect((await finance.post("/portal/disputes", fields)).status).toBe(400);
    const page = { name: "page.html", type: "text/html" };
    const html = new File(["<script>"], page.name, { type: page.type });
    const refused = await postFile(finance, "/portal/disputes", {
      number: "o1",
      text: "Ours & theirs.",
      file: html,
    });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("Ours &amp; theirs.");
    expect(await idsOf()).toEqual([]);
    const none = new File([], "", { type: "application/octet-stream" });
    const date = { date: "2026-11-21", product: "acme-paint" };
    expect((await postFile(finance, "/portal/disputes", { ...date, text: "Ours.", file: none })).status).toBe(
      303,
    );
    expect(await idsOf()).toHaveLength(1);
  });

  it("say of another partner's what they say of an unknown one", async () => {
    const { deps, as, idsOf } = await openPages(bench);
    await openDispute(deps, "south", { number: "o1", text: "Ours." });
    const [theirs = ""] = await idsOf();
    const owner = await as("owner", "north");
    const answers = async (id: string) => {
      const path = `/portal/disputes/${id}`;
      const all = [
        await owner.get(path),
        await owner.get(`${path}/files/1`),
        await owner.post(`${path}/messages`, { text: "x" }),
      ];
      return Promise.all(all.map(async (one) => [one.status, await one.text()] as const));
    };
    const unknown = await answers(`dp_${"0".repeat(29)}`);
    expect(unknown.map(([status]) => status)).toEqual([404, 404, 404]);
    expect(await answers(theirs)).toEqual(unknown);
    for (const odd of ["%00", "%ff", "a".repeat(65)])
      expect((await owner.get(`/portal/disputes/${odd}`)).status).toBe(404);
    expect(await read(owner.get("/portal/disputes?after=zzz"))).not.toContain(theirs);
    // South opens one about an order of north's and about one that is not there: the pages are the same.
    const claimant = await as("owner");
    const texts: string[] = [];
    for (const number of ["o1", "none"]) {
      const sent = await claimant.post("/portal/disputes", { number, text: "Ours." });
      const page = seen(await read(claimant.get(sent.headers.get("location") ?? "")));
      texts.push(page.replaceAll(number, "…").replaceAll(/dp_[a-z0-9]{29}/g, "…"));
    }
    expect(texts[0]).toBe(texts[1]);
  });

  it("are reached from an order's page, from one that is not hers, and from why not", async () => {
    const { as } = await openPages(bench);
    const north = await as("owner", "north");
    const owner = await as("owner");
    const form = "/portal/disputes/new?number=o1";
    expect(await read(north.get("/portal/orders/stripe/o1"))).toContain(form);
    expect(await read(owner.get("/portal/orders/stripe/o1"))).toContain(form);
    expect(await read(owner.get("/portal/why?q=o1"))).toContain("/portal/disputes/new");
    expect(await read((await as("viewer")).get("/portal/why?q=o1"))).not.toContain("/portal/disputes/new");
  });
});
