import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { makeFolder } from "../../sdk/src/testing/folder.ts";
import { createProduct, emptySurroundings } from "../../sdk/src/testing/product.ts";
import { createSigner, type Signer } from "../../sdk/src/testing/signer.ts";
import { stampBytes } from "./stamping.ts";
import { tinyElf } from "./tiny-elf.ts";

let signer: Signer;
let token: string;
let planted: string;
beforeAll(async () => {
  signer = await createSigner();
  token = await signer.sign();
  planted = await signer.sign({ sub: "south-tools", jti: "t-2" });
});

const captureWith = (surroundings: object) =>
  createProduct(signer, {
    surroundings: { ...emptySurroundings, ...surroundings },
  }).renewal.attribution.capture();

describe("a token of another partner that was planted", () => {
  it.each(["APPIMAGE", "PORTABLE_EXECUTABLE_FILE", "execPath"])(
    "beside what %s names loses to its own stamp, and is reported",
    async (name) => {
      const folder = makeFolder();
      const where = join(folder, "acme-paint");
      writeFileSync(where, await stampBytes(tinyElf(), token));
      writeFileSync(join(folder, "tallystick.token"), planted);
      const result = await captureWith(
        name === "execPath" ? { execPath: where } : { env: { [name]: where } },
      );
      expect(result).toMatchObject({ code: "captured", partner: "north-tools", from: { where } });
      expect(result).toMatchObject({
        contradictions: [
          {
            carrier: "sidecar",
            where: join(folder, "tallystick.token"),
            partner: "south-tools",
            tokenId: "t-2",
          },
        ],
      });
      expect(JSON.stringify(result)).not.toContain(planted.slice(-20));
    },
  );

  it("in a folder that everybody may write to loses to one that is not, and counts where there is no other", async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin", "tallystick.token"), planted);
    chmodSync(join(folder, "bin"), 0o777);
    const where = join(folder, "bin", "tallystick.token");
    const surroundings = { argv: ["node", join(folder, "bin", "main.js")] };
    expect(await captureWith(surroundings)).toMatchObject({ partner: "south-tools", from: { where } });
    const closed = join(folder, "lib");
    mkdirSync(closed);
    writeFileSync(join(closed, "tallystick.token"), token);
    const env = { APPIMAGE: join(folder, "bin", "acme"), PORTABLE_EXECUTABLE_FILE: join(closed, "acme") };
    const result = await captureWith({ env });
    expect(result).toMatchObject({
      partner: "north-tools",
      from: { where: join(closed, "tallystick.token") },
    });
    expect(result).toMatchObject({ contradictions: [{ partner: "south-tools", where }] });
  });

  it("in a file that everybody may write to counts last", async () => {
    const folder = makeFolder();
    const [program, link] = [join(folder, "lib"), join(folder, "bin")];
    for (const one of [program, link]) mkdirSync(one);
    const open = join(link, "tallystick.token");
    writeFileSync(open, planted);
    chmodSync(open, 0o666);
    writeFileSync(join(program, "acme"), "");
    writeFileSync(join(program, "tallystick.token"), token);
    const env = { APPIMAGE: join(link, "acme"), PORTABLE_EXECUTABLE_FILE: join(program, "acme") };
    expect(await captureWith({ env })).toMatchObject({ partner: "north-tools" });
  });

  it("is no contradiction when it is the same partner's", async () => {
    const folder = makeFolder();
    const execPath = join(folder, "acme-paint");
    writeFileSync(execPath, await stampBytes(tinyElf(), token));
    writeFileSync(join(folder, "tallystick.token"), await signer.sign({ jti: "t-3", batch: "spring" }));
    expect(await captureWith({ execPath })).not.toHaveProperty("contradictions");
  });

  it("is told to the receiver once, behind the token that counts", async () => {
    const folder = makeFolder();
    const execPath = join(folder, "acme-paint");
    writeFileSync(execPath, await stampBytes(tinyElf(), token));
    writeFileSync(join(folder, "tallystick.token"), planted);
    const sent: string[] = [];
    const fetch: typeof globalThis.fetch = async (_url, init) => {
      sent.push(JSON.parse(String(init?.body)).token);
      const status = sent.length === 1 ? "bound" : "conflict";
      return Response.json({
        product: "acme-paint",
        partner: "north-tools",
        status,
        boundAt: "2026-11-21T12:00:00Z",
      });
    };
    const { renewal } = createProduct(signer, { surroundings: { ...emptySurroundings, execPath }, fetch });
    await renewal.attribution.capture();
    renewal.license.set({ id: "AAAA-BBBB", expiresAt: "2027-11-21" });
    expect(await renewal.register()).toMatchObject({ code: "bound", partner: "north-tools" });
    renewal.license.set({ id: "CCCC-DDDD", expiresAt: "2027-11-21" });
    await renewal.register();
    expect(sent).toEqual([token, planted, token]);
  });
});
