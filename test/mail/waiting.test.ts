import { expect, it } from "vitest";
import { listMail } from "../../server/src/mail/mails.ts";
import { noteNotice } from "../../server/src/notices/notices.ts";
import { addPerson, choose, removePerson } from "../../server/src/people/people.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { noteStatement, openMailing } from "./mail-world.ts";

onEveryEngine("mail", (bench) => {
  it("that had to wait goes to nobody who was removed or ended it meanwhile", async () => {
    const world = await openMailing(bench);
    const { deps, moods } = world;
    const add = (name: string) =>
      addPerson(deps, { mail: `${name}@north.example`, role: "finance", partner: "north", addedBy: "cli:x" });
    const [gone, tired, stays] = [await add("gone"), await add("tired"), await add("stays")];
    await world.flush();
    const now = deps.clock();
    const facts = { since: now, until: now, sums: [], credited: 2, uncounted: [] };
    await noteStatement(deps, "s1");
    for (const { id } of [gone, tired, stays])
      await deps.store.write((tx) =>
        noteNotice(tx, { kind: "digest", person: id, facts }, { once: `week ${id}`, now }),
      );
    for (const name of ["gone", "tired", "stays"])
      moods.set(`${name}@north.example`, { code: 451, text: "later" });
    await world.flush();
    world.taken.length = 0;
    moods.clear();
    await removePerson(deps, { person: gone.id });
    await choose(deps, { id: tired.id, language: null, digest: "never" });
    world.pass(1);
    await world.flush();
    expect(world.mailTo("gone@north.example")).toEqual([]);
    expect(world.mailTo("tired@north.example").map(({ subject }) => subject)).toEqual([
      expect.stringContaining("S-2027-00001"),
    ]);
    expect(world.mailTo("stays@north.example")).toHaveLength(2);
    const { mails } = await listMail(deps, { state: "dropped" });
    expect(mails.map(({ kind, to }) => [kind, to]).sort()).toEqual([
      ["digest", "gone@north.example"],
      ["digest", "tired@north.example"],
      ["statement.ready", "gone@north.example"],
    ]);
  });
});
