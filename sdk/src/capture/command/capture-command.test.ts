import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { encodeStampFrame } from "../../protocol/stamp-frame.ts";
import { makeFolder } from "../../testing/folder.ts";
import { emptySurroundings } from "../../testing/product.ts";
import { createSigner, issuer, type Signer } from "../../testing/signer.ts";
import { captureCommand, usage } from "./capture-command.ts";

let signer: Signer;
let token: string;
beforeAll(async () => {
  signer = await createSigner();
  token = await signer.sign();
});

const run = (args: readonly string[], env: Record<string, string> = {}) =>
  captureCommand(["--product", "acme-paint", ...args], { ...emptySurroundings, env });
const written = (folder: string) => readFileSync(join(folder, "tallystick.token"), "utf8");

function fileWith(content: string | Uint8Array, name = "file"): string {
  const file = join(makeFolder(), name);
  writeFileSync(file, content);
  return file;
}

describe("tallystick-capture", () => {
  it("writes a token that was handed over where every user may read it", async () => {
    const out = join(makeFolder(), "etc", "acme-paint");
    const result = await run(["--token", token, "--out", out, "--json"]);
    expect(result).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(result.out ?? "")).toMatchObject({
      code: "written",
      partner: "north-tools",
      file: join(out, "tallystick.token"),
      verified: false,
    });
    expect(written(out)).toBe(`${token}\n`);
    expect(statSync(join(out, "tallystick.token")).mode & 0o777).toBe(0o644);
    expect(JSON.stringify(result)).not.toContain(token);
  });

  it.each<[string, () => string | Uint8Array]>([
    ["a text with the token", () => `${token}\r\n`],
    [
      "the saved end of an installer",
      () => Buffer.concat([Buffer.alloc(70_000, 1), frameOf(token), Buffer.alloc(99)]),
    ],
  ])("finds it in %s", async (_name, content) => {
    const out = makeFolder();
    const missing = join(out, "missing");
    expect(await run([missing, fileWith(content()), "--out", out])).toMatchObject({ exitCode: 0 });
    expect(written(out)).toBe(`${token}\n`);
  });

  it("finds it in the variable", async () => {
    const out = makeFolder();
    expect(await run(["--out", out], { TALLYSTICK_TOKEN: token })).toMatchObject({ exitCode: 0 });
    expect(written(out)).toBe(`${token}\n`);
  });

  it("leaves the first token, unless it is told to replace it", async () => {
    const out = makeFolder();
    const second = await signer.sign({ jti: "t-2" });
    await run(["--token", token, "--out", out]);
    expect(await run(["--token", second, "--out", out])).toMatchObject({ exitCode: 0 });
    expect(written(out)).toBe(`${token}\n`);
    await run(["--token", second, "--out", out, "--replace"]);
    expect(written(out)).toBe(`${second}\n`);
  });

  it("writes nothing in a dry run", async () => {
    const out = makeFolder();
    expect((await run(["--token", token, "--out", out, "--dry-run"])).say).toContain("Would write");
    expect(() => written(out)).toThrow();
  });

  it("verifies with the keys it is given", async () => {
    const out = makeFolder();
    const keys = fileWith(JSON.stringify(signer.jwks));
    const foreign = fileWith(JSON.stringify((await createSigner()).jwks));
    const asked = ["--token", token, "--out", out, "--issuer", issuer, "--json", "--keys"];
    expect(await run([...asked, foreign])).toMatchObject({ exitCode: 1 });
    const result = await run([...asked, keys]);
    expect(JSON.parse(result.out ?? "")).toMatchObject({ code: "written", verified: true });
  });

  it("refuses another product's token and says where it looked", async () => {
    const file = fileWith(await signer.sign({ aud: "acme-draw" }));
    const result = await run([file, "--out", makeFolder()]);
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.say).toContain(`${file}: token_product_mismatch`);
  });

  it.skipIf(process.platform === "win32")("is for every user under a narrow mask too", () => {
    const out = join(makeFolder(), "etc", "acme-paint");
    const program = `process.umask(0o077);
      const { writeSidecar } = await import(${JSON.stringify(new URL("./write-sidecar.ts", import.meta.url).href)});
      console.log(writeSidecar(${JSON.stringify(join(out, "tallystick.token"))}, "t", false));`;
    const said = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
      encoding: "utf8",
    });
    expect(said).toBe("written\n");
    const modes = [dirname(out), out, join(out, "tallystick.token")].map(
      (path) => statSync(path).mode & 0o777,
    );
    expect(modes).toEqual([0o755, 0o755, 0o644]);
  });

  it("is not fooled by a half-written file that lies there already", async () => {
    const out = makeFolder();
    writeFileSync(join(out, `tallystick.token.${process.pid}.part`), "left behind");
    expect((await run(["--token", token, "--out", out])).say).toContain("Wrote the token");
    expect(written(out)).toBe(`${token}\n`);
  });

  it("names a file as it is called, whatever is in its name", async () => {
    const out = join(makeFolder(), "a$&b");
    expect((await run(["--token", token, "--out", out])).say).toContain(join(out, "tallystick.token"));
  });

  it("does not write through a link, nor where it may not", async () => {
    const out = makeFolder();
    const target = fileWith("precious");
    symlinkSync(target, join(out, "tallystick.token"));
    expect(await run(["--token", token, "--out", out])).toMatchObject({ exitCode: 0 });
    await run(["--token", token, "--out", out, "--replace"]);
    expect(readFileSync(target, "utf8")).toBe("precious");
    expect(written(out)).toBe(`${token}\n`);
    const folderInTheWay = makeFolder();
    mkdirSync(join(folderInTheWay, "tallystick.token"));
    const refused = await run(["--token", token, "--out", folderInTheWay, "--replace"]);
    expect(refused).toMatchObject({ exitCode: 1 });
  });

  it.each([
    [["--product", "Acme Paint"], /product's id/],
    [["--colour"], /colour/],
    [["--keys", "/nonexistent"], /--issuer/],
    [["--keys", "/nonexistent", "--issuer", issuer], /--keys/],
    [["--issuer", issuer], /--keys/],
  ])("answers %j with how to use it", async (args, say) => {
    const result = await run(args);
    expect(result.exitCode).toBe(2);
    expect(result.say).toMatch(say);
  });

  it("explains itself", async () => {
    expect(await captureCommand(["--help"], emptySurroundings)).toEqual({ exitCode: 0, out: usage });
  });
});

const frameOf = (text: string) => encodeStampFrame(Buffer.from(text));
