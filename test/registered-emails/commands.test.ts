import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommandLine } from "../../server/src/receiver/commands/run-command-line.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tallystick-email-commands-"));
  expect((await run(["init", "--dir", folder])).exit).toBe(0);
  await run(["partner", "add", "north-shop", "--name", "North Shop", "--percent", "20"]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(args: string[], stdin = "") {
  const sink = () => {
    let text = "";
    const stream = new Writable({
      write(chunk, _encoding, done) {
        text += String(chunk);
        done();
      },
    });
    return { stream, text: () => text };
  };
  const [out, err] = [sink(), sink()];
  const exit = await runCommandLine([...args], {
    env: { TALLYSTICK_CONFIG: join(folder, "tallystick.config.json") },
    stdin: Readable.from(stdin === "" ? [] : [Buffer.from(stdin)]),
    stdout: out.stream,
    stderr: err.stream,
    name: "tallystick",
  });
  return { exit, out: out.text(), err: err.text() };
}

const json = async (...args: string[]) => {
  const { exit, out } = await run([...args, "--json"]);
  return { exit, document: JSON.parse(out) as Record<string, unknown> };
};

describe("the commands about partners' keys and registered e-mails", () => {
  it("issue a key, list it without the key, and revoke it", async () => {
    const { document } = await json("partner", "key", "issue", "north-shop", "--name", "order system");
    expect(document).toMatchObject({ partner: "north-shop", name: "order system", status: "active" });
    const listed = await run(["partner", "key", "list", "north-shop"]);
    expect(listed.out).toContain(String(document.id));
    expect(listed.out).not.toContain(String(document.key));
    const link = await run(["partner", "form-link", "north-shop", "--product", "acme-paint"]);
    expect(link.out).toMatch(/^http:\/\/127\.0\.0\.1:8787\/register\/north-shop\?k=pk_/);
    expect((await run(["partner", "key", "revoke", String(document.id)])).exit).toBe(0);
    expect(await run(["partner", "form-link", "north-shop"])).toMatchObject({
      exit: 1,
      err: expect.stringContaining("key_missing"),
    });
    expect((await run(["partner", "key", "issue", "nobody"])).exit).toBe(1);
  });

  it("import a list, dry at first, and say what was left out without repeating it", async () => {
    const file = join(folder, "customers.csv");
    await writeFile(
      file,
      `email\n${Array.from({ length: 1200 }, (_, i) => `c${i}@example.com`).join("\n")}\n`,
    );
    const args = ["email", "import", "--partner", "north-shop", file];
    expect(await run([...args, "--dry-run"])).toMatchObject({
      exit: 0,
      out: "1200 addresses would be registered for north-shop.\n",
    });
    expect((await json("email", "list", "--partner", "north-shop")).document).toEqual([]);
    expect((await json(...args)).document).toEqual({ received: 1200, registered: 1200, invalid: [] });
    const consent = ["--consent-version", "north-1", "--consented-at", "2026-01-02"];
    const piped = await run(
      ["email", "import", "--partner", "north-shop", "-", ...consent],
      "secret nonsense\nd@example.com\n",
    );
    expect(piped).toMatchObject({
      exit: 1,
      err: expect.stringMatching(/^Row 1 was left out: not_an_address$/m),
    });
    expect(piped.out).toBe("1 address is registered for north-shop.\n");
    expect((await json("email", "list", "--partner", "north-shop")).document).toMatchObject([
      { origin: "import", consent: null, counting: 1200 },
      { origin: "import", consent: "north-1", counting: 1 },
    ]);
  });

  it("erase an address that is given on standard input", async () => {
    const dry = await run(["email", "erase", "-", "--orders", "--dry-run"], "C7@example.com\n");
    expect(dry.out).toBe("Would be erased: 1 registration, 0 orders.\n");
    expect((await json("email", "erase", "c7@example.com")).document).toEqual({
      registrations: 1,
      orders: 0,
    });
    expect((await run(["email", "erase", "c7@example.com"])).out).toBe("Erased: 0 registrations.\n");
    expect((await run(["email", "erase", "nonsense"])).exit).toBe(2);
  });

  it("are refused with a reason when they are used wrongly", async () => {
    expect((await run(["email", "import", "nofile.csv"])).exit).toBe(2);
    const missing = await run(["email", "import", "--partner", "north-shop", join(folder, "no.csv")]);
    expect(missing.exit).toBe(1);
    expect(missing.err).toContain("no.csv");
    const half = ["email", "import", "--partner", "north-shop", "-", "--consent-version", "v"];
    expect((await run(half)).exit).toBe(2);
    expect((await run(["email", "import", "--partner", "nobody", "-"], "a@example.com")).exit).toBe(1);
  });
});
