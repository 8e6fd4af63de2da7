import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const program = fileURLToPath(new URL("./main.ts", import.meta.url));

/** As the script in package.json has them. */
const flags = ["--disable-warning=ExperimentalWarning", "--conditions=tallystick-source"];

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tallystick-demo-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts `npm run demo` as a process, its temporary folders in one of our own. */
function start(words: readonly string[], env: Record<string, string> = {}) {
  const child: ChildProcess = spawn(process.execPath, [...flags, program, ...words], {
    env: { ...process.env, TMPDIR: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", err: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, said, ended };
}

const eventsIn = (out: string): string[] =>
  [...out.matchAll(/│ (\{.*\})/g)].map(([, line]) => (JSON.parse(line ?? "") as { event: string }).event);

describe("npm run demo", () => {
  test("--once plays the journey to the credit and exits 0", async () => {
    const { said, ended } = start(["--once"]);
    expect(await ended, said.err).toBe(0);
    expect(eventsIn(said.out)).toEqual([
      "server.listening",
      "audit.recorded",
      "token.issued",
      "registration.bound",
      "click.accepted",
      "order.credited",
      "session.started",
      "session.started",
      "session.started",
      "server.stopping",
    ]);
    expect(said.out).toContain("North Star Software earns €8.00, 20 % of the net price.");
    expect(said.out).toContain("Harbour Distribution earns €2.00, 5 % of the net price.");
    expect(said.out).toMatch(/✓ \d{3} orders at four shops/);
    expect(said.out).toContain("Version 2 pays from now on");
    expect(said.out).not.toContain("\u001b[");
    expect(said.err).toBe("");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("exits 1 and names the step when the shop signs with another secret", async () => {
    const { said, ended } = start(["--once"], { ACME_SHOP_SECRET: `whsec_${"x".repeat(32)}` });
    expect(await ended).toBe(1);
    expect(eventsIn(said.out)).toContain("webhook.rejected");
    expect(said.err).toContain("The shop takes the order and sends its signed webhook");
    expect(said.err).toContain("Why: the receiver logged webhook.rejected: signature_mismatch");
    expect(said.err).toContain("/orders, and the receiver's lines above");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("stays up for a person, and ends cleanly at Ctrl-C", async () => {
    const { child, said, ended } = start([]);
    await expect.poll(() => said.out + said.err, { interval: 100 }).toContain("Ctrl-C ends it all");
    const [product] = /http:\/\/127\.0\.0\.1:\d+(?=\/\n {4}Its shop)/.exec(said.out) ?? [];
    const page = await (await fetch(`${product}/`)).text();
    expect(page).toContain("Your licence ends in 30 days");
    const links = [...said.out.matchAll(/http:\S+\/sign-in\/link\?t=\S+/g)].map(([link]) => link);
    expect(links).toHaveLength(3);
    for (const link of links) {
      const { origin, searchParams } = new URL(link);
      const press = () =>
        fetch(`${origin}/sign-in/link`, {
          method: "POST",
          body: new URLSearchParams({ t: searchParams.get("t") ?? "" }),
          redirect: "manual",
        });
      expect([(await press()).status, (await press()).status]).toEqual([303, 410]);
    }
    child.kill("SIGINT");
    expect(await ended).toBe(0);
    await expect(fetch(`${product}/`)).rejects.toThrow();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("ends and removes its folder when it is asked to while the year is played", async () => {
    const { child, said, ended } = start([]);
    await expect
      .poll(() => said.out + said.err, { interval: 100 })
      .toContain("have sold Acme Paint for a year");
    await expect.poll(() => readdirSync(folder, { recursive: true }).join(" ")).toContain("tallystick.db");
    child.kill("SIGTERM");
    expect(await ended).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("says what to do where it cannot write its folder", async () => {
    const { said, ended } = start(["--once"], { TMPDIR: join(folder, "nowhere") });
    expect(await ended).toBe(1);
    expect(said.err).toMatch(/^The demo cannot write its temporary folder .* set TMPDIR to a folder/);
    expect(said.err).not.toContain("    at ");
  });

  test("--help says what it does, and an unknown option is refused with 2", async () => {
    const help = start(["--help"]);
    expect(await help.ended).toBe(0);
    expect(help.said.out).toContain("--once");
    const wrong = start(["--twice"]);
    expect(await wrong.ended).toBe(2);
    expect(wrong.said.err).toContain("--twice");
  });
});
