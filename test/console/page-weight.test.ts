import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { addPerson } from "../../server/src/people/people.ts";
import { signedIn } from "../access/access-world.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { fillConsole, openConsole } from "./console-world.ts";

const most = 30 * 1_024;

/** What a browser fetches for a page for the first time: the page, and the files of the receiver that it names. */
async function weigh(browser: { get(path: string): Promise<Response> }, path: string) {
  const page = await (await browser.get(path)).text();
  const files = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, file]) => file ?? "");
  const texts = [page, ...(await Promise.all(files.map(async (file) => (await browser.get(file)).text())))];
  return { page, files, bytes: texts.reduce((sum, text) => sum + gzipSync(text).length, 0) };
}

describe("the first screens", () => {
  const bench = benchOf("sqlite");
  it("weigh less than 30 KB with all they need, have nothing inline, and no script", async () => {
    const world = await openConsole(bench);
    await fillConsole(world, { partners: 8, days: 8 });
    const owner = await world.as("owner");
    const { id } = await addPerson(world.deps, {
      mail: "ann@partner-1.example",
      role: "owner",
      partner: "partner-1",
      addedBy: "cli:test",
    });
    const partner = await signedIn(world, { person: id });
    const customer = await signedIn(world, { customer: "painter1@customers.example" });
    for (const [browser, path] of [
      [owner, "/console"],
      [owner, "/console/partners/partner-1"],
      [partner, "/portal"],
      [customer, "/account"],
    ] as const) {
      const { page, files, bytes } = await weigh(browser, path);
      expect(files.length, path).toBeGreaterThan(0);
      expect(bytes, path).toBeLessThan(most);
      expect(page, path).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=/);
    }
    const { page, bytes } = await weigh(partner, "/portal/selling");
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(bytes).toBeLessThan(most);
  });
});
