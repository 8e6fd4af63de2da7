import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applicationInstance, encodePlaceholder } from "@tallystick/sdk/stamp";
import { beforeAll, describe, expect, it } from "vitest";
import { planDmgPreparation } from "../../server/src/stamp/prepare-dmg.ts";
import { type TinyRun, tinyDmg, unpackDmg } from "../stamp/tiny-dmg.ts";
import { hfsPlusVolume, programContent } from "./hfs-plus.ts";
import { areSameFiles, copyBy, readToken, restoreCopy, stampCopy, tokens } from "./stamping.ts";
import { run, tryTool } from "./tool.ts";

const folder = mkdtempSync(join(tmpdir(), "tallystick-dmg-"));
const at = (name: string) => join(folder, name);

/** Cuts a volume into runs of 64 KB: zeros are left out as `hdiutil` does, the others are kept as `kindOf` says. */
function runsOf(volume: Buffer, kindOf: (content: Buffer) => TinyRun["kind"]): TinyRun[] {
  return Array.from({ length: volume.length / 65_536 }, (_, index) => {
    const content = volume.subarray(index * 65_536, (index + 1) * 65_536);
    return { kind: content.every((byte) => byte === 0) ? "left out" : kindOf(content), content };
  });
}

const hasAttribute = (content: Buffer) => content.includes("TALLYSTICK\n");
const images = {
  "uncompressed, as UDRO is": () => "raw" as const,
  "compressed but for the attribute": (content: Buffer) =>
    (hasAttribute(content) ? "raw" : "zlib") as "raw" | "zlib",
};

beforeAll(() => {
  const volume = hfsPlusVolume(encodePlaceholder());
  writeFileSync(at("volume.hfs"), volume);
  const scheme: TinyRun[] = [{ kind: "zlib", content: Buffer.alloc(40 * 512, "partition map ") }];
  const free: TinyRun[] = [{ kind: "zeros", content: Buffer.alloc(7 * 512) }];
  for (const [index, kindOf] of Object.values(images).entries())
    writeFileSync(
      at(`original${index}.dmg`),
      tinyDmg({ partitions: [scheme, runsOf(volume, kindOf), free] }),
    );
});

/** The volume in an image, as 7-Zip takes it out, and the attribute that macOS would find in it. */
function openBy7Zip(image: string): { program: Buffer; attribute: Buffer } {
  const tested = run("7z", ["t", image]).said;
  expect(tested).toContain("Everything is Ok");
  expect(tested).not.toMatch(/error|warning/i);
  const name = /Path = (.*1.*\.hfs)/.exec(run("7z", ["l", "-slt", image]).said)?.[1] ?? "1.hfs";
  writeFileSync(at("inside.hfs"), run("7z", ["e", "-so", image, name]).stdout);
  run("7z", ["t", at("inside.hfs")]);
  const take = (path: string) => run("7z", ["e", "-so", at("inside.hfs"), `Acme Paint/${path}`]).stdout;
  return { program: take("Paint.app/paint"), attribute: take(`Paint.app:${applicationInstance}`) };
}

describe("a disk image", () => {
  it.each([...Object.keys(images).entries()])(
    "%i, %s, keeps its sums with every stamp and comes back",
    async (index) => {
      const original = at(`original${index}.dmg`);
      expect(openBy7Zip(original).attribute.equals(encodePlaceholder())).toBe(true);
      await stampCopy(original, at("stamped.dmg"), tokens.short);
      const { program, attribute } = openBy7Zip(at("stamped.dmg"));
      expect(program.equals(programContent)).toBe(true);
      expect(attribute.toString("latin1")).toContain(tokens.short);
      expect(await readToken(at("stamped.dmg"))).toBe(tokens.short);
      await stampCopy(at("stamped.dmg"), at("again.dmg"), tokens.long);
      expect(openBy7Zip(at("again.dmg")).attribute.toString("latin1")).toContain(tokens.long);
      expect(unpackDmg(readFileSync(at("again.dmg"))).wrong).toEqual([]);
      await stampCopy(original, at("direct.dmg"), tokens.long);
      expect(areSameFiles(at("again.dmg"), at("direct.dmg"))).toBe(true);
      await restoreCopy(at("again.dmg"), at("restored.dmg"));
      expect(areSameFiles(at("restored.dmg"), original)).toBe(true);
    },
  );

  it("that is wholly compressed is prepared once, and stamped from then on", async () => {
    const volume = readFileSync(at("volume.hfs"));
    writeFileSync(at("compressed.dmg"), tinyDmg({ partitions: [[], runsOf(volume, () => "zlib")] }));
    await expect(stampCopy(at("compressed.dmg"), at("out.dmg"), tokens.short)).rejects.toMatchObject({
      code: "container_unsupported",
      message: expect.stringContaining("tallystick stamp prepare"),
    });
    await copyBy(at("compressed.dmg"), at("prepared.dmg"), planDmgPreparation);
    expect(openBy7Zip(at("prepared.dmg")).attribute.equals(encodePlaceholder())).toBe(true);
    await stampCopy(at("prepared.dmg"), at("stamped.dmg"), tokens.long);
    const { program, attribute } = openBy7Zip(at("stamped.dmg"));
    expect(program.equals(programContent)).toBe(true);
    expect(attribute.toString("latin1")).toContain(tokens.long);
    await restoreCopy(at("stamped.dmg"), at("restored.dmg"));
    expect(areSameFiles(at("restored.dmg"), at("prepared.dmg"))).toBe(true);
  });

  it("is unpacked by dmg2img to the volume with the stamp and nothing else changed", async () => {
    await stampCopy(at("original1.dmg"), at("stamped.dmg"), tokens.short);
    run("dmg2img", ["-p", "1", "-i", at("stamped.dmg"), "-o", at("volume.img")]);
    const before = readFileSync(at("volume.hfs"));
    const after = readFileSync(at("volume.img"));
    const [from, to] = [before.indexOf("TALLYSTICK\n"), before.indexOf("TALLYSTICK\n") + 2048];
    expect(after.length).toBe(before.length);
    expect(after.subarray(0, from).equals(before.subarray(0, from))).toBe(true);
    expect(after.subarray(to).equals(before.subarray(to))).toBe(true);
    expect(after.toString("latin1", from, to)).toContain(tokens.short);
  });
});

describe("7-Zip", () => {
  it("refuses an image whose attribute was changed without its sums", () => {
    const bytes = readFileSync(at("original0.dmg"));
    bytes.write("x", bytes.indexOf("TALLYSTICK\n") + 30);
    writeFileSync(at("changed.dmg"), bytes);
    expect(tryTool("7z", ["t", at("changed.dmg")]).code).not.toBe(0);
  });
});
