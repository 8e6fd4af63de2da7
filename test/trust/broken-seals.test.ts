import { expect, it } from "vitest";
import { enqueueMail, listMail } from "../../server/src/mail/mails.ts";
import { addPerson, listPeople } from "../../server/src/people/people.ts";
import { findActorsOf } from "../../server/src/people/second-person.ts";
import { openJourney } from "../journey/journey.ts";
import { dropGuards, runRaw } from "../journey/raw-database.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

onEveryEngine("a row whose seal somebody broke", (bench) => {
  it("hides nobody else from lists of people and mail, nor from who looks for a second person", async () => {
    const { deps, database } = await openJourney(bench);
    const [ann, bob] = [
      await addPerson(deps, { mail: "ann@acme.example", role: "owner", addedBy: "cli:root" }),
      await addPerson(deps, { mail: "bob@acme.example", role: "finance", addedBy: "cli:root" }),
    ];
    const language = { tag: "en", direction: "ltr" } as const;
    const letter = { subject: "Hello", paragraphs: [], language };
    for (const to of ["ann@acme.example", "bob@acme.example"])
      await deps.store.write((tx) => enqueueMail(tx, deps, { kind: "test", to, letter, once: to }));
    await dropGuards(database, "people");
    await runRaw(database, [
      `update people set mail = (select mail from people where id = '${ann.id}') where id = '${bob.id}'`,
      "update mails set sealed = (select sealed from mails order by id limit 1)",
    ]);
    const { people } = await listPeople(deps);
    expect(people.map(({ mail }) => mail).sort()).toEqual(["(cannot be opened)", "ann@acme.example"]);
    const { mails } = await listMail(deps, { state: "pending" });
    expect(mails.map(({ to }) => to === "(cannot be opened)").sort()).toEqual([false, true]);
    const actors = await deps.store.read((tx) => findActorsOf(tx, deps, `person:${ann.id}`));
    expect(actors).toEqual([`person:${ann.id}`]);
  });
});
