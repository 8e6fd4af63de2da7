import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodePlaceholder, encodeStampFrame } from "@tallystick/sdk/stamp";
import { beforeAll, describe, expect, it } from "vitest";
import { bundleFindings } from "../../sdk/src/capture/stamped/bundle.ts";
import { makeFolder, makePipe } from "../../sdk/src/testing/folder.ts";
import { createProduct, emptySurroundings } from "../../sdk/src/testing/product.ts";
import { createSigner, type Signer } from "../../sdk/src/testing/signer.ts";
import { stampBytes } from "./stamping.ts";
import { tinyElf } from "./tiny-elf.ts";

const signedPe = readFileSync(join(import.meta.dirname, "fixtures", "pe", "signed.exe"));

let signer: Signer;
let token: string;
beforeAll(async () => {
  signer = await createSigner();
  token = await signer.sign();
});

const captureWith = (surroundings: object) =>
  createProduct(signer, {
    surroundings: { ...emptySurroundings, ...surroundings },
  }).renewal.attribution.capture();

function fileWith(name: string, bytes: Uint8Array, folder = makeFolder()): string {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

describe("capture from what the copy came in", () => {
  it("finds the token in the program itself", async () => {
    const execPath = fileWith("acme-paint", await stampBytes(tinyElf(), token));
    const result = await captureWith({ execPath });
    expect(result).toMatchObject({ code: "captured", partner: "north-tools" });
    expect(result).toMatchObject({ from: { carrier: "stamp", where: execPath } });
  });

  it.each(["APPIMAGE", "PORTABLE_EXECUTABLE_FILE"])(
    "finds it in the single file that %s names",
    async (name) => {
      const bytes = name === "APPIMAGE" ? tinyElf({ isAppImage: true }) : signedPe;
      const where = fileWith("Acme Paint.bin", await stampBytes(bytes, token));
      expect(await captureWith({ env: { [name]: where } })).toMatchObject({
        code: "captured",
        from: { where },
      });
    },
  );

  it("finds it in the end of the installer that the installer saved", async () => {
    const stamped = await stampBytes(signedPe, token);
    const where = fileWith("tallystick.tail", stamped.subarray(-65_536));
    const result = await captureWith({ argv: ["node", join(where, "..", "main.js")] });
    expect(result).toMatchObject({ code: "captured", from: { carrier: "stamp", where } });
  });

  it("finds it in the placeholder of a disc, and takes an empty one for none", async () => {
    const placeholder = encodePlaceholder();
    const where = fileWith("tallystick.token", encodeStampFrame(Buffer.from(token), placeholder.length));
    const argv = ["node", join(where, "..", "main.js")];
    expect(await captureWith({ argv })).toMatchObject({
      code: "captured",
      from: { carrier: "stamp", where },
    });
    writeFileSync(where, placeholder);
    expect(await captureWith({ argv })).toMatchObject({ code: "not_found" });
    writeFileSync(where, Buffer.concat([placeholder.subarray(0, 100), Buffer.from("noise")]));
    const { attempts } = await captureWith({ argv });
    expect(attempts).toContainEqual({ carrier: "stamp", where, code: "damaged" });
  });

  it("looks at nothing of a runtime, which is not the product", async () => {
    const execPath = fileWith("node", await stampBytes(tinyElf(), token));
    const result = await captureWith({ execPath });
    expect(result.code).toBe("not_found");
    expect(result.attempts.map(({ where }) => where)).not.toContain(execPath);
  });

  it.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ["no stamp", () => tinyElf(), "absent"],
    [
      "another product's stamp",
      async () => stampBytes(tinyElf(), await signer.sign({ aud: "other" })),
      "token_product_mismatch",
    ],
    [
      "a forged stamp",
      async () => stampBytes(tinyElf(), await (await createSigner()).sign()),
      "token_signature_invalid",
    ],
    ["no known form", () => Buffer.from("just a text"), "absent"],
    ["a damaged stamp", async () => damaged(await stampBytes(tinyElf(), token)), "damaged"],
  ])("says what is wrong with a program that has %s", async (_name, bytes, code) => {
    const execPath = fileWith("acme-paint", await bytes());
    const { attempts } = await captureWith({ execPath });
    expect(attempts).toContainEqual({ carrier: "stamp", where: execPath, code });
  });

  it("does not wait for a pipe that was put where the tail would be", async () => {
    const folder = makeFolder();
    makePipe(join(folder, "tallystick.tail"));
    const { attempts } = await captureWith({ argv: ["node", join(folder, "main.js")] });
    expect(attempts).toContainEqual({
      carrier: "stamp",
      where: join(folder, "tallystick.tail"),
      code: "unreadable",
    });
  });

  it("never reads a file once a token is stored", async () => {
    const execPath = fileWith("acme-paint", await stampBytes(tinyElf(), token));
    const { renewal } = createProduct(signer, { surroundings: { ...emptySurroundings, execPath } });
    expect(await renewal.attribution.capture()).toMatchObject({ code: "captured" });
    expect(await renewal.attribution.capture()).toMatchObject({ code: "already_stored", attempts: [] });
  });
});

describe("the attribute of a macOS bundle", () => {
  const execPath = "/Applications/Acme Paint.app/Contents/MacOS/Acme Paint";
  const mac = { ...emptySurroundings, product: "acme-paint", platform: "darwin", execPath };
  const where = "/Applications/Acme Paint.app (com.apple.application-instance)";
  const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex").toUpperCase();
  const spaced = (hex: string) => hex.replace(/(.{2})/g, "$1 ").replace(/(.{48})/g, "$1\n");

  it("is asked for by its name and read as macOS' own tool prints it", () => {
    const asked: string[][] = [];
    const frame = encodeStampFrame(Buffer.from("a.b.c"), 1024);
    const found = bundleFindings(mac, (...question) => {
      asked.push(question);
      return spaced(hexOf(frame));
    });
    expect([...found]).toEqual([{ where, text: "a.b.c" }]);
    expect(asked).toEqual([["/Applications/Acme Paint.app", "com.apple.application-instance"]]);
  });

  it("is absent when the tool fails or gives something else, damaged when its sum is wrong", () => {
    const read = (value: () => string) => [...bundleFindings(mac, value)];
    expect(read(() => "41 42 43")).toEqual([{ where, code: "absent" }]);
    expect(
      read(() => {
        throw new Error("No such xattr");
      }),
    ).toEqual([{ where, code: "absent" }]);
    expect(read(() => hexOf(encodePlaceholder(200)))).toEqual([{ where, code: "absent" }]);
    const frame = encodeStampFrame(Buffer.from("a.b.c"));
    frame[20] = 0;
    expect(read(() => hexOf(frame))).toEqual([{ where, code: "damaged" }]);
  });

  it("is looked for on macOS alone, and only of a bundle", () => {
    const never = () => expect.unreachable();
    expect([...bundleFindings({ ...mac, platform: "linux" }, never)]).toEqual([]);
    expect([...bundleFindings({ ...mac, execPath: "/usr/local/bin/acme" }, never)]).toEqual([]);
  });
});

/** One bit of the token is another, and the frame still begins as it should. */
function damaged(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf(token.slice(0, 20));
  copy[at + 5] = (copy[at + 5] ?? 0) ^ 1;
  return copy;
}
