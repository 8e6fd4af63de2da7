import { expect, it } from "vitest";
import { listMail } from "../../server/src/mail/mails.ts";
import { claimMail, noteMail } from "../../server/src/mail/rows/mails.ts";
import { tellNotices } from "../../server/src/mail/tell-notices.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openConsole } from "./console-world.ts";

onEveryEngine("the console's page of mail", (bench) => {
  it("shows mail that was given up, and sends it again", async () => {
    const world = await openConsole(bench);
    const { deps } = world;
    const support = await world.as("support");
    await tellNotices(deps);
    const [mail] = await deps.store.write(async (tx) => {
      const lease = { now: world.now, until: addDays(world.now, 1), lease: "test", limit: 1 };
      const [claimed] = await claimMail(tx, lease);
      const settled = { due_at: null, problem: "no such mailbox", settled_at: world.now };
      await noteMail(tx, { id: claimed?.id ?? "", lease: "test", state: "failed", ...settled });
      return [claimed];
    });
    expect(await (await support.get("/console/mail")).text()).toContain("no such mailbox");
    expect(
      (await support.post("/console/mail/retry", { mail: mail?.id ?? "" })).headers.get("location"),
    ).toBe("/console/mail?done=replayed");
    expect((await listMail(deps, {})).mails).toEqual([]);
    expect((await support.post("/console/mail/retry", { mail: mail?.id ?? "" })).status).toBe(409);
    expect((await (await world.as("auditor")).post("/console/mail/retry", {})).status).toBe(403);
  });
});
