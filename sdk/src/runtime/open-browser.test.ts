import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeFolder } from "../testing/folder.ts";
import { emptySurroundings } from "../testing/product.ts";
import { createBrowserOpener, openerCommand } from "./open-browser.ts";

const path = process.env.PATH;
// The second in which an opener may fail passes when a test says so, however long a machine takes to start a program.
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => {
  vi.useRealTimers();
  process.env.PATH = path;
});

const url = "https://renew.acme.example/r/acme-paint?t=a.b.c&l=A%20B";
const openBrowser = createBrowserOpener({ ...emptySurroundings, platform: "linux" });

/** A folder that is the whole PATH, with a program in it that takes the place of xdg-open. */
function putOpener(script: string): string {
  const folder = makeFolder();
  writeFileSync(join(folder, "xdg-open"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "xdg-open"), 0o755);
  process.env.PATH = folder;
  return folder;
}

describe("openBrowser", () => {
  it.each([
    ["file:///etc/passwd"],
    ["javascript:alert(1)"],
    ["http://acme.example/"],
    ["https://renew.acme.example@evil.example/"],
    ["--version"],
    [""],
  ])("does not open %j", async (text) => {
    const folder = putOpener('echo called > "$(/usr/bin/dirname "$0")/called"');
    expect(await openBrowser(text)).toEqual({ code: "url_refused" });
    expect(existsSync(join(folder, "called"))).toBe(false);
  });

  it("hands the address over as one argument that no shell reads", async () => {
    const folder = putOpener('printf "%s|" "$#" "$1" > "$(/usr/bin/dirname "$0")/called"');
    expect(await openBrowser("https://acme.example/?a=$(touch x)&b=`id`;c")).toEqual({ code: "opened" });
    const called = readFileSync(join(folder, "called"), "utf8");
    expect(called).toBe("1|https://acme.example/?a=$(touch%20x)&b=`id`;c|");
  });

  it("says when the system has no opener and when the opener fails", async () => {
    process.env.PATH = makeFolder();
    expect(await openBrowser(url)).toEqual({ code: "opener_missing" });
    putOpener("exit 3");
    expect(await openBrowser(url)).toEqual({ code: "opener_failed" });
  });

  it("does not wait for an opener that lives on", async () => {
    const folder = putOpener('echo $$ > "$(/usr/bin/dirname "$0")/lives"; exec /bin/sleep 600');
    const opening = openBrowser(url);
    const livesAs = () =>
      Number(existsSync(join(folder, "lives")) && readFileSync(join(folder, "lives"), "utf8"));
    await expect.poll(livesAs).toBeGreaterThan(0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await opening).toEqual({ code: "opened" });
    // It is still there to be ended: an exception would say that it is not.
    process.kill(livesAs(), "SIGKILL");
  });
});

describe("openerCommand", () => {
  it.each([
    ["linux", "xdg-open", [url]],
    ["darwin", "/usr/bin/open", [url]],
    ["win32", "D:\\Windows\\System32\\rundll32.exe", ["url.dll,FileProtocolHandler", url]],
  ])("on %s is %s", (platform, file, args) => {
    const surroundings = { ...emptySurroundings, platform, env: { SystemRoot: "D:\\Windows" } };
    expect(openerCommand(url, surroundings)).toEqual({ file, arguments: args });
  });
});
