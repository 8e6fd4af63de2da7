import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { expect, it } from "vitest";
import { openCourier } from "../../server/src/mail/courier.ts";
import { enqueueMail, listMail, retryMail } from "../../server/src/mail/mails.ts";
import { pruneMail, sendDueMail } from "../../server/src/mail/send-due.ts";
import { sendTestMail } from "../../server/src/mail/send-test.ts";
import { pruneNotices, tellNotices } from "../../server/src/mail/tell-notices.ts";
import { noteNotice } from "../../server/src/notices/notices.ts";
import { addPerson, choose, listPeople } from "../../server/src/people/people.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { noteStatement, openMailing } from "./mail-world.ts";

const letter = (subject: string) => ({
  subject,
  paragraphs: ["Hello <b>there</b>"],
  language: { tag: "en", direction: "ltr" } as const,
});

type World = Awaited<ReturnType<typeof openMailing>>;

const write = ({ deps }: World, to: string, subject: string) =>
  deps.store.write((tx) =>
    enqueueMail(tx, deps, { kind: "test", to, letter: letter(subject), once: `${to} ${subject}` }),
  );

const statement = ({ deps }: World, once: string) => noteStatement(deps, once);

const subjects = (world: World, to: string) => world.mailTo(to).map(({ subject }) => subject);

onEveryEngine("mail", (bench: Bench) => {
  it("goes out once, in the order in which it was written, with a text that says the same", async () => {
    const world = await openMailing(bench);
    for (const at of [1, 2, 3]) {
      await write(world, "ann@home.example", `letter ${at}`);
      await write(world, "ann@home.example", `letter ${at}`);
      world.pass(1 / 86_400);
    }
    await Promise.all([world.flush(), world.flush()]);
    expect(subjects(world, "ann@home.example")).toEqual(["letter 1", "letter 2", "letter 3"]);
    const [first] = world.mailTo("ann@home.example");
    expect(first?.text).toContain("Hello <b>there</b>");
    expect(first?.html).toContain("Hello &lt;b&gt;there&lt;/b&gt;");
    expect(first?.from?.text).toBe('"Acme" <partners@acme.example>');
    expect(first?.headers.get("auto-submitted")).toBe("auto-generated");
    expect(first?.messageId).toMatch(/^<ml_[a-z0-9]{25}@renew\.acme\.example>$/);
  });

  it("is tried again while the server is busy, and what follows waits for it", async () => {
    const world = await openMailing(bench);
    world.moods.set("ann@home.example", { code: 451, text: "later" });
    await write(world, "ann@home.example", "one");
    world.pass(1 / 86_400);
    await write(world, "ann@home.example", "two");
    await write(world, "bob@home.example", "his");
    await world.flush();
    expect(world.taken.map(({ subject }) => subject)).toEqual(["his"]);
    expect((await listMail(world.deps, { state: "pending" })).mails).toMatchObject([
      { attempts: 0, to: "ann@home.example" },
      { attempts: 1, problem: "RCPT TO: answer 451" },
    ]);
    world.moods.clear();
    world.pass(1);
    await world.flush();
    expect(subjects(world, "ann@home.example")).toEqual(["one", "two"]);
  });

  it("is given up when the server refuses for good or for three days, and can be sent again by hand", async () => {
    const world = await openMailing(bench);
    world.moods.set("gone@home.example", { code: 550, text: "no such user gone@home.example" });
    world.moods.set("slow@home.example", { code: 450, text: "later" });
    await write(world, "gone@home.example", "bounced");
    world.pass(1 / 86_400);
    await write(world, "slow@home.example", "late");
    await world.flush();
    expect((await listMail(world.deps)).mails).toMatchObject([
      { to: "gone@home.example", problem: "RCPT TO: answer 550", attempts: 1 },
    ]);
    for (let day = 0; day < 4; day++) {
      world.pass(1);
      await world.flush();
    }
    const { mails } = await listMail(world.deps);
    expect(mails.map(({ to }) => to)).toEqual(["slow@home.example", "gone@home.example"]);
    expect(world.logged("mail.failed").at(-1)).toMatchObject({ type: "test", outcome: "given_up" });
    expect(JSON.stringify(world.logged("mail.failed"))).not.toContain("home.example");
    const bounces = () => world.deps.store.cold.selectFrom("mail_bounces").selectAll().execute();
    const gone = world.deps.hashes.email("gone@home.example");
    expect(await bounces()).toMatchObject([
      { recipient_hash: gone, bounces: 1, problem: "RCPT TO: answer 550" },
    ]);
    await write(world, "gone@home.example", "bounced again");
    await world.flush();
    expect(await bounces()).toMatchObject([
      { recipient_hash: gone, bounces: 2, bounced_at: world.deps.clock() },
    ]);
    world.moods.clear();
    await retryMail(world.deps, mails[1]?.id ?? "");
    await world.flush();
    expect(subjects(world, "gone@home.example")).toEqual(["bounced"]);
    expect(await bounces()).toEqual([]);
    await expect(retryMail(world.deps, mails[1]?.id ?? "")).rejects.toMatchObject({
      code: "message_settled",
    });
    await expect(retryMail(world.deps, "ml_none")).rejects.toMatchObject({ code: "message_unknown" });
  });

  it("keeps neither address nor letter in clear, and leaves when it is old", async () => {
    const world = await openMailing(bench);
    await write(world, "ann@home.example", "secret words");
    const rows = JSON.stringify(await world.deps.store.cold.selectFrom("mails").selectAll().execute());
    expect(/home|secret words/.test(rows)).toBe(false);
    await world.flush();
    world.pass(91);
    expect(await pruneMail(world.deps)).toBeGreaterThan(0);
    expect(await pruneNotices(world.deps)).toBeGreaterThan(0);
    expect((await listMail(world.deps, { state: "sent" })).mails).toEqual([]);
  });

  it("goes again when the process that had it died", async () => {
    const world = await openMailing(bench);
    await write(world, "ann@home.example", "claimed");
    const dying = {
      send: () => Promise.reject(new Error("killed")),
      verify: async () => {},
      close: () => {},
    };
    const store = { ...world.deps.store, write: world.deps.store.write.bind(world.deps.store) };
    let writes = 0;
    const dies = {
      ...store,
      read: world.deps.store.read.bind(world.deps.store),
      // The claim is written; the note of what came of it is not.
      write: ((work) =>
        ++writes > 1 ? Promise.reject(new Error("killed")) : store.write(work)) as typeof store.write,
    };
    await expect(sendDueMail({ ...world.deps, store: dies }, { courier: dying })).rejects.toThrow("killed");
    await world.flush();
    expect(world.taken).toEqual([]);
    world.pass(1);
    await world.flush();
    expect(subjects(world, "ann@home.example")).toEqual(["claimed"]);
  });
});

onEveryEngine("a notice", (bench) => {
  it("becomes one mail to each whom it is for, in her language, however often it is noted and told", async () => {
    const world = await openMailing(bench);
    await choose(world.deps, { id: world.partner.north.finance, language: "de", digest: "weekly" });
    await statement(world, "S-2027-00001");
    await statement(world, "S-2027-00001");
    await Promise.all([tellNotices(world.deps), tellNotices(world.deps)]);
    await world.flush();
    expect(world.taken).toHaveLength(2);
    expect(world.mailTo("owner@north.example")[0]?.text).toMatch(/closes with €1,234\.56/);
    expect(world.mailTo("finance@north.example")[0]?.text).toMatch(/schließt mit 1\.234,56\s€/);
    expect(world.mailTo("viewer@north.example")).toEqual([]);
    expect(world.mailTo("owner@north.example")[0]?.text).toContain("/portal/statements/S-2027-00001");
  });

  it("is not told when what it is about was undone", async () => {
    const world = await openMailing(bench);
    const undone = world.deps.store.write(async (tx) => {
      const notice = { kind: "invitation", person: world.vendor.owner, facts: { invitedBy: "x" } } as const;
      await noteNotice(tx, notice, { once: "undone", now: world.deps.clock() });
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    await world.flush();
    expect(world.taken).toEqual([]);
  });

  it("invites whom somebody adds, and ends summaries by one click", async () => {
    const world = await openMailing(bench);
    const { id } = await addPerson(world.deps, {
      mail: "new@north.example",
      role: "viewer",
      partner: "north",
      addedBy: "cli:x",
    });
    world.pass(1 / 86_400);
    const now = world.deps.clock();
    await world.deps.store.write((tx) =>
      noteNotice(
        tx,
        {
          kind: "digest",
          person: id,
          facts: {
            since: now,
            until: now,
            sums: [],
            credited: 2,
            uncounted: [{ order: "o1", reason: "No evidence" }],
          },
        },
        { once: "week", now },
      ),
    );
    await world.flush();
    const [invitation, digest] = world.mailTo("new@north.example");
    expect(invitation?.subject).toMatch(/invited/);
    expect(invitation?.headers.has("list")).toBe(false);
    expect(digest?.text).toMatch(/o1: {2}?\(No evidence\)|o1: \s*\(No evidence\)/);
    const unsubscribe = String(/<(https:[^>]+)>/.exec(rawHeader(digest, "list-unsubscribe"))?.[1]);
    expect(rawHeader(digest, "list-unsubscribe-post")).toMatch(/List-Unsubscribe=One-Click/);
    const { pathname } = new URL(unsubscribe);
    expect((await world.app.request(pathname)).status).toBe(200);
    const digestOf = async () =>
      (await listPeople(world.deps, { partner: "north" })).people.find((one) => one.id === id)?.digest;
    expect(await digestOf()).toBe("weekly");
    const posted = {
      method: "POST",
      body: "List-Unsubscribe=One-Click",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    };
    expect((await world.app.request(`${pathname.slice(0, -1)}!`, posted)).status).toBe(404);
    expect((await world.app.request(pathname.replace(id, world.partner.south.owner), posted)).status).toBe(
      404,
    );
    expect((await world.app.request(pathname, posted)).status).toBe(200);
    expect(await digestOf()).toBe("never");
  });
});

const rawHeader = (
  mail: { headerLines: readonly { key: string; line: string }[] } | undefined,
  key: string,
): string => mail?.headerLines.find((line) => line.key === key)?.line ?? "";

onEveryEngine("a test mail", (bench) => {
  it("goes to the server at once, and tells what the server says", async () => {
    const world = await openMailing(bench);
    const config = world.deps.config;
    await sendTestMail(config, "ann@home.example", {});
    expect(subjects(world, "ann@home.example")).toMatchObject([expect.stringMatching(/^A test mail/)]);
    world.moods.set("ann@home.example", { code: 550, text: "no" });
    await expect(sendTestMail(config, "ann@home.example", {})).rejects.toThrow(/RCPT TO: answer 550/);
    await expect(sendTestMail({ ...config, mail: undefined }, "ann@home.example", {})).rejects.toThrow();
  });

  it("lies in the folder as a whole file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tallystick-mail-"));
    const courier = await openCourier({
      config: { from: "a@acme.example", folder },
      issuer: "http://127.0.0.1:1",
      brand: { name: "Acme" },
    });
    await courier.send({
      id: "ml_1",
      to: "ann@home.example",
      letter: letter("Größe\r\nBcc: eve@evil.example"),
    });
    expect(await readdir(folder)).toEqual(["ml_1.eml"]);
    const mail = await simpleParser(await readFile(join(folder, "ml_1.eml")));
    expect(mail.subject).toBe("Größe Bcc: eve@evil.example");
    expect(mail.bcc).toBeUndefined();
    courier.close();
  });
});
