import { EventEmitter } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createDaemonClient, noteRenewal, type RenewalNote } from "../../docs/recipes/daemon.ts";
import { askAfterWork } from "../../docs/recipes/terminal-tool.ts";
import { createProduct, emptySurroundings } from "../../sdk/src/testing/product.ts";
import { createSigner, issuer, noon } from "../../sdk/src/testing/signer.ts";

const signer = await createSigner();
const dayMs = 86_400_000;
const licence = { id: "AAAA-BBBB", expiresAt: "2026-12-05" };

class Keyboard extends EventEmitter {
  isTTY = true;
  setRawMode() {}
  resume() {}
  pause() {}
}

describe("a terminal tool", () => {
  /** Runs the tool's end with a prompt that is due; whoever sits there presses `key` when asked. */
  async function work(key: string, isTTY = true) {
    const product = createProduct(signer);
    product.renewal.license.set(licence);
    const input = new Keyboard();
    let written = "";
    const write = (text: string) => {
      written += text;
      if (text.includes("Press a number")) queueMicrotask(() => input.emit("data", key));
    };
    const ended = await askAfterWork(product.renewal, {
      input,
      output: { isTTY, columns: 60, write },
      env: {},
    });
    product.renewal.beginSession();
    return { ...product, ended, written };
  }

  it("asks after its work, and does what was chosen", async () => {
    const { written, opened } = await work("1");
    expect(written).toContain("Your licence ends in 14 days");
    expect(written).toContain("The renewal page opens in your browser.");
    expect(opened).toHaveLength(1);
  });

  it("takes no for an answer, and Ctrl-C for the end", async () => {
    const { written, renewal } = await work("5");
    expect(written).toContain("You will not be reminded of this licence again.");
    expect(renewal.reminder()).toBeNull();
    expect((await work("\u0003")).ended).toBe("interrupted");
    expect((await work("7")).written).toContain("acme-tool activate KEY");
  });

  it("waits for nobody in a pipe, and says it once", async () => {
    const { written, ended, renewal } = await work("1", false);
    expect(ended).toBe("done");
    expect(written).not.toMatch(/[^\P{Cc}\n]|Press a number|Renew$/mu);
    expect(renewal.reminder()).toBeNull();
  });
});

describe("a daemon without a user", () => {
  const folder = mkdtempSync(join(tmpdir(), "tallystick-daemon-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("notes the end once a stage through months, keeps its state, and opens nothing", async () => {
    let now = noon;
    const open = () =>
      createDaemonClient({
        product: "acme-sync",
        receiver: issuer,
        keys: signer.jwks,
        folder: join(folder, "state"),
        surroundings: { ...emptySurroundings, home: "" },
        now: () => now,
        timeZone: "UTC",
        fetch: async () => {
          throw new TypeError("no network");
        },
      });
    const notes: (RenewalNote & { day: number })[] = [];
    let renewal = open();
    renewal.license.set({ id: "SYNC-1", expiresAt: "2027-01-31" });
    for (let hour = 0; hour < 100 * 24; hour += 6) {
      now = noon + hour * 3_600_000;
      if (hour % (24 * 7) === 0) renewal = open(); // It is restarted now and then.
      await noteRenewal(renewal, (note) => notes.push({ ...note, day: Math.round((now - noon) / dayMs) }));
    }
    expect(notes.map(({ title }) => title)).toEqual([
      ...[30, 14, 7, 3].map((days) => `Your licence ends in ${days} days`),
      "Your licence ends in 1 day",
      "Your licence ends today",
      ...Array(3).fill("Your licence ended on January 31, 2027"),
    ]);
    expect(notes.map(({ level }) => level).join(" ")).toBe("info info info info warn warn warn warn warn");
    expect(notes[0]?.renewAt).toBe(`${issuer}/r/acme-sync?l=SYNC-1`);
    expect(await renewal.openRenewal()).toMatchObject({ code: "not_opened", because: "opener_missing" });
    expect(readdirSync(join(folder, "state")).sort()).toEqual([
      "last-seen.json",
      "licence.json",
      "reminder.json",
    ]);
    expect(renewal.problems()).toEqual([]);
  });
});
