import { expect, it } from "vitest";
import { adjust, reverseAdjustment } from "../../server/src/adjustments/adjust.ts";
import { approveAdjustment } from "../../server/src/adjustments/approval.ts";
import { asDeed } from "../../server/src/deps/actor.ts";
import { addPerson, removePerson } from "../../server/src/people/people.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { openPayouts } from "./payout-world.ts";

const mails = { ann: "ann@acme.example", ben: "ben@acme.example" } as const;

/** A receiver with a payee, and what people of the vendor do there. */
async function openWorld(bench: Bench, config: Record<string, unknown> = {}) {
  const world = await openPayouts(bench, {
    receiver: { adjustments: { approvalAboveMinor: { EUR: 10_000 } }, ...config },
  });
  const { deps } = world;
  await world.payee("a", 5_000);
  const letIn = async (mail: string, role: string, partner?: string) =>
    `person:${(await addPerson(deps, { mail, role, partner, addedBy: "cli:root" })).id}`;
  const by = <T>(actor: string, work: () => Promise<T>) =>
    asDeed({ actor, action: "money", subject: undefined }, work);
  const bonus = (actor: string, amountMinor: number, partner = "a") =>
    by(actor, () =>
      adjust(deps, { partner, amountMinor, currency: "EUR", kind: "bonus", reference: "R", note: "N" }),
    );
  const propose = async (actor: string) => {
    const { batches } = await world.propose({}, actor);
    return batches[0]?.id ?? "none";
  };
  return { world, deps, letIn, by, bonus, propose };
}

const samePerson = { code: "payout_same_person" };

onEveryEngine("what needs two people", (bench) => {
  it("is not approved by one who was removed and added anew, nor under a tagged address", async () => {
    const { world, deps, letIn, propose } = await openWorld(bench);
    const ann = await letIn(mails.ann, "finance");
    const id = await propose(ann);
    const tagged = await letIn("ann+approvals@acme.example", "finance");
    await expect(world.approve(id, tagged)).rejects.toMatchObject(samePerson);
    await removePerson(deps, { person: ann.slice("person:".length) });
    const again = await letIn(mails.ann, "owner");
    await expect(world.approve(id, again)).rejects.toMatchObject(samePerson);
    // Who left approves nothing either.
    await expect(world.approve(id, ann)).rejects.toMatchObject(samePerson);
    const ben = await letIn(mails.ben, "finance");
    expect((await world.approve(id, ben)).payout.state).toBe("approved");
  });

  it("is not approved by one who was removed meanwhile, or whose role does not pay", async () => {
    const { world, deps, letIn, propose } = await openWorld(bench);
    const id = await propose(await letIn(mails.ann, "finance"));
    const ben = await letIn(mails.ben, "finance");
    await removePerson(deps, { person: ben.slice("person:".length) });
    await expect(world.approve(id, ben)).rejects.toMatchObject(samePerson);
    await expect(world.approve(id, await letIn(mails.ben, "support"))).rejects.toMatchObject(samePerson);
  });

  it("is approved by a key or another account where no people are, and by no key of nobody's where they are", async () => {
    const { world, letIn, propose } = await openWorld(bench);
    const first = await propose("cli:ann");
    expect((await world.approve(first, "key:admin")).payout.state).toBe("approved");
    await world.payee("b", 5_000);
    const ann = await letIn(mails.ann, "finance");
    const second = await propose(ann);
    await expect(world.approve(second, "key:admin")).rejects.toMatchObject(samePerson);
    expect((await world.approve(second, "cli:ben")).payout.state).toBe("approved");
  });

  it("knows whose the admin token and the machine's accounts are, where the configuration says so", async () => {
    const { world, letIn, propose } = await openWorld(bench, {
      approvals: { holders: { "key:admin": mails.ann, "cli:ann": mails.ann, "cli:ben": mails.ben } },
    });
    const ann = await letIn(mails.ann, "owner");
    const byToken = await propose("key:admin");
    for (const actor of [ann, "cli:ann", "key:admin"])
      await expect(world.approve(byToken, actor)).rejects.toMatchObject(samePerson);
    expect((await world.approve(byToken, "cli:ben")).payout.state).toBe("approved");
    await world.payee("b", 5_000);
    const byBen = await propose("cli:ben");
    expect((await world.approve(byBen, "key:admin")).payout.state).toBe("approved");
  });

  it("is not approved by one who acts for the partner that is paid", async () => {
    const { world, deps, letIn, by, bonus, propose } = await openWorld(bench);
    const [ann, ben, cat] = [
      await letIn(mails.ann, "finance"),
      await letIn(mails.ben, "finance"),
      await letIn("cat@acme.example", "finance"),
    ];
    await letIn(mails.ben, "viewer", "a");
    const id = await propose(ann);
    await expect(world.approve(id, ben)).rejects.toMatchObject(samePerson);
    expect((await world.approve(id, cat)).payout.state).toBe("approved");
    // What she enters for it waits for somebody else, however little it is.
    const own = await bonus(ben, 1);
    expect(own.status).toBe("pending");
    const other = await bonus(ann, 20_000);
    await expect(by(ben, () => approveAdjustment(deps, other.id))).rejects.toMatchObject({
      code: "second_person_needed",
    });
    expect((await by(cat, () => approveAdjustment(deps, own.id))).status).toBe("booked");
  });

  it("is not got round by amounts below the limit", async () => {
    const { world, deps, letIn, by, bonus } = await openWorld(bench, {
      approvals: { holders: { "cli:ann": mails.ann } },
    });
    await world.payee("b", 1_000);
    const ann = await letIn(mails.ann, "finance");
    const ben = await letIn(mails.ben, "finance");
    expect((await bonus(ann, 6_000)).status).toBe("booked");
    const second = await bonus("cli:ann", 4_001);
    expect(second.status).toBe("pending");
    expect((await bonus(ann, 4_000)).status).toBe("booked");
    // Another partner, another direction and another person count by themselves.
    expect((await bonus(ann, 10_000, "b")).status).toBe("booked");
    expect((await bonus(ann, -10_000)).status).toBe("booked");
    expect((await bonus(ben, 10_000)).status).toBe("booked");
    expect((await by(ben, () => approveAdjustment(deps, second.id))).status).toBe("booked");
    // What was approved counts no more, nor what is long past.
    expect((await bonus(ann, 1)).status).toBe("pending");
    world.journey.pass(31);
    expect((await bonus(ann, 10_000)).status).toBe("booked");
  });

  it("lets one take back what it booked alone, and book it right", async () => {
    const { deps, by, bonus } = await openWorld(bench);
    const wrong = await bonus("cli:ann", 9_000);
    const back = await by("cli:ann", () => reverseAdjustment(deps, wrong.id, { note: "A slip" }));
    expect(back.status).toBe("booked");
    expect((await bonus("cli:ann", 9_100)).status).toBe("booked");
    expect((await bonus("cli:ann", 901)).status).toBe("pending");
    // What another booked is another's: taking much of it back is not one's own retreat.
    const theirs = [await bonus("cli:ben", 6_000), await bonus("cli:cat", 6_000)];
    const taken = [];
    for (const { id } of theirs)
      taken.push((await by("cli:ann", () => reverseAdjustment(deps, id, { note: "No" }))).status);
    expect(taken).toEqual(["booked", "pending"]);
  });

  it("counts amounts that are entered at once together", async () => {
    const { bonus } = await openWorld(bench);
    const all = await Promise.all([1, 2, 3, 4].map(() => bonus("cli:ann", 4_000)));
    expect(all.map(({ status }) => status).sort()).toEqual(["booked", "booked", "pending", "pending"]);
  });
});
