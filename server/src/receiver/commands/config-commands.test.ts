import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeStarterFiles } from "../init/starter-files.ts";
import { runHere } from "../testing/run-here.ts";

/** A folder as `init` makes it, its configuration changed. */
function folderWith(change: (config: ReturnType<typeof JSON.parse>) => void): string {
  const cwd = mkdtempSync(join(tmpdir(), "tallystick-config-"));
  const { config } = writeStarterFiles(cwd, { issuer: "https://renew.pixel.example", shop: "stripe" });
  const content = JSON.parse(readFileSync(config, "utf8"));
  change(content);
  writeFileSync(config, JSON.stringify(content));
  return cwd;
}

const check = (cwd: string, ...args: string[]) => runHere(["config", "check", ...args], { cwd });

describe("config check", () => {
  it("says that a receiver can start, and what is unfinished", async () => {
    const cwd = folderWith(() => {});
    const { code, stdout, stderr } = await check(cwd, "--json");
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toEqual({
      config: join(cwd, "tallystick.config.json"),
      issuer: "https://renew.pixel.example",
      database: join(cwd, "var/tallystick.db"),
      products: ["acme-paint"],
      shops: ["stripe"],
      notes: [
        { path: "listen.trustedProxies", message: expect.any(String) },
        { path: "products[0].checkout.url", message: expect.any(String) },
      ],
    });
    expect((await check(cwd)).stdout).toMatch(/^A receiver can start with .*\n[\s\S]*Before others use it\n/);
  });

  it("has nothing to say of a finished one", async () => {
    const cwd = folderWith((config) => {
      config.listen.trustedProxies = ["127.0.0.1"];
      config.products[0].checkout.url = "https://buy.stripe.com/pixel?client_reference_id={reference}";
    });
    expect((await check(cwd)).stdout).not.toContain("Before others use it");
  });

  it("names everything that keeps a receiver from starting: secrets, installers, peppers", async () => {
    const cwd = folderWith((config) => {
      config.shops.stripe.secrets = [{ env: "NOT_SET" }];
      config.products[0].installers = ["./none.exe"];
      config.formerPepper = { file: "./none" };
    });
    rmSync(join(cwd, "var/admin-token"));
    const { code, stderr } = await check(cwd);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^The configuration has 4 problems\.$/m);
    expect(stderr).toContain(`\nIn ${join(cwd, "tallystick.config.json")}:\n`);
    for (const path of ["adminToken", "shops.stripe.secrets[0]", "products[0].installers[0]", "formerPepper"])
      expect(stderr).toContain(`\n${path}: `);
  });

  it("opens no database and makes no key", async () => {
    const cwd = folderWith((config) => {
      config.database = "postgres://ann:a-password@127.0.0.1:1/books";
    });
    const { code, stdout } = await check(cwd);
    expect([code, stdout]).toEqual([0, expect.stringContaining("127.0.0.1:1/books")]);
    expect(stdout).not.toContain("a-password");
  });
});

describe("--quiet", () => {
  it("leaves a command's sentences out, and not its failure", async () => {
    const cwd = folderWith(() => {});
    const heard = await runHere(["key", "list"], { cwd });
    expect(heard.stderr).toContain("Made the first signing key");
    const other = folderWith(() => {});
    const quiet = await runHere(["key", "list", "--quiet"], { cwd: other });
    expect([quiet.code, quiet.stderr]).toEqual([0, ""]);
    expect(quiet.stdout).toContain("KID");
    const failed = await runHere(["partner", "show", "nobody", "--quiet"], { cwd: other });
    expect([failed.code, failed.stderr]).toEqual([1, expect.stringContaining("There is no partner nobody")]);
  });
});
