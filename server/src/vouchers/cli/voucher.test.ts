import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readVoucherCode } from "@tallystick/sdk/protocol";
import { beforeAll, describe, expect, it } from "vitest";
import { runHere } from "../../receiver/testing/run-here.ts";

const folder = mkdtempSync(join(tmpdir(), "tallystick-voucher-"));
const run = (...args: string[]) => runHere(args, { cwd: folder });
const runJson = async (...args: string[]) => JSON.parse((await run(...args, "--json")).stdout);
const issue = ["voucher", "issue", "--partner", "north", "--product", "acme-paint"];

beforeAll(async () => {
  await run("init");
  expect(await run("partner", "add", "north", "--name", "North Shop")).toMatchObject({ code: 0 });
});

describe("vouchers on the command line", () => {
  it("are printed alone on standard output, grouped, and nowhere else", async () => {
    const issued = await run(...issue, "--count", "3", "--batch", "printed");
    const codes = issued.stdout.trimEnd().split("\n");
    expect(codes).toHaveLength(3);
    for (const code of codes) {
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(readVoucherCode(code)).toBeDefined();
      expect(issued.stderr).not.toContain(code);
    }
    expect(issued.stderr).toContain("3 vouchers of north in batch printed");
  });

  it("are written to files for their owner's eyes only, never over one that is there", async () => {
    const files = ["--out", "codes.txt", "--sheet", "cards.html"];
    const issued = await runJson(...issue, "--count", "1200", "--batch", "spring-27", ...files);
    expect(issued).toMatchObject({ batch: "spring-27", issued: 1200, left: 1200, out: "codes.txt" });
    expect(issued).not.toHaveProperty("vouchers");
    const codes = readFileSync(join(folder, "codes.txt"), "utf8").trimEnd().split("\n");
    expect(new Set(codes).size).toBe(1200);
    const sheet = readFileSync(join(folder, "cards.html"), "utf8");
    expect(sheet.match(/<article>/g)).toHaveLength(1200);
    const groups = codes
      .at(-1)
      ?.split("-")
      .map((group) => `<span>${group}</span>`);
    expect(sheet).toContain(groups?.join("<i>-</i>"));
    expect(sheet.trimEnd()).toMatch(/<\/html>$/);
    expect(statSync(join(folder, "codes.txt")).mode & 0o077).toBe(0);
    expect(statSync(join(folder, "cards.html")).mode & 0o077).toBe(0);
    const again = await run(...issue, "--count", "1", "--out", "other.txt", "--sheet", "cards.html");
    expect(again).toMatchObject({ code: 1, stdout: "" });
    expect(again.stderr).toContain("files_exist");
    expect(existsSync(join(folder, "other.txt"))).toBe(false);
  });

  it("leave no file and no batch behind when they are refused", async () => {
    const refused = await run(...issue, "--count", "1", "--batch", "Spring 27", "--out", "none.txt");
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(existsSync(join(folder, "none.txt"))).toBe(false);
    const unknown = await run(
      "voucher",
      "issue",
      "--partner",
      "nobody",
      "--product",
      "acme-paint",
      "--count",
      "1",
    );
    expect(unknown).toMatchObject({ code: 1 });
    const { batches } = await runJson("voucher", "list");
    expect(batches.map((one: { batch: string }) => one.batch)).toEqual(["printed", "spring-27"]);
  });

  it("are revoked one by one or by the batch, and counted", async () => {
    expect(await run("voucher", "revoke", "--id", "printed/2")).toMatchObject({ code: 0 });
    expect(await runJson("voucher", "revoke", "--batch", "spring-27")).toMatchObject({
      revoked: 1200,
      left: 0,
    });
    const { batches } = await runJson("voucher", "list", "--partner", "north");
    expect(batches).toMatchObject([
      { batch: "printed", issued: 3, revoked: 1, left: 2 },
      { batch: "spring-27", issued: 1200, revoked: 1200, left: 0 },
    ]);
    expect(await run("voucher", "revoke", "--id", "a/1", "--batch", "a")).toMatchObject({ code: 2 });
  });

  it.each(["0", "100001"])("are not issued by a count of %s", async (count) => {
    expect(await run(...issue, `--count=${count}`)).toMatchObject({ code: 2, stdout: "" });
  });

  it("are issued with a warning while there are too few serials to exchange them for", async () => {
    expect((await run(...issue, "--count", "2")).stderr).toContain("There is no serial of acme-paint");
    writeFileSync(join(folder, "pool.txt"), "POOL-0001\nPOOL-0002\n");
    await run("serial", "import", "--pool", "--batch", "pool", "--product", "acme-paint", "pool.txt");
    expect((await run(...issue, "--count", "2")).stderr).not.toContain("to exchange them for");
    expect((await run(...issue, "--count", "3")).stderr).toContain("only 2 serials");
  });
});
