import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodePlaceholder, placeholderName } from "@tallystick/sdk/stamp";
import { beforeAll, describe, expect, it } from "vitest";
import { areSameFiles, readToken, restoreCopy, stampCopy, tokens } from "./stamping.ts";
import { run, tryTool } from "./tool.ts";

const folder = mkdtempSync(join(tmpdir(), "tallystick-iso-"));
const at = (name: string) => join(folder, name);

const makers = {
  "genisoimage, plain": (from: string, to: string) => run("genisoimage", ["-quiet", "-o", to, from]),
  "genisoimage, Joliet and Rock Ridge": (from: string, to: string) =>
    run("genisoimage", ["-quiet", "-J", "-R", "-V", "ACME", "-o", to, from]),
  "genisoimage, Joliet alone": (from: string, to: string) =>
    run("genisoimage", ["-quiet", "-J", "-o", to, from]),
  "genisoimage, with UDF": (from: string, to: string) =>
    run("genisoimage", ["-quiet", "-J", "-R", "-udf", "-o", to, from]),
  "genisoimage, with HFS": (from: string, to: string) =>
    run("genisoimage", ["-quiet", "-hfs", "-R", "-o", to, from]),
  "xorriso, Joliet and Rock Ridge": (from: string, to: string) =>
    run("xorriso", ["-as", "mkisofs", "-quiet", "-J", "-R", "-o", to, from]),
  "xorriso, with HFS+": (from: string, to: string) =>
    run("xorriso", ["-as", "mkisofs", "-quiet", "-hfsplus", "-R", "-o", to, from]),
  "xorriso, bootable from disc and stick": (from: string, to: string) =>
    run("xorriso", [
      ...["-as", "mkisofs", "-quiet", "-R", "-J", "-b", "boot.img", "-no-emul-boot", "-boot-load-size", "4"],
      ...["-boot-info-table", "--protective-msdos-label", "-partition_offset", "16", "-o", to, from],
    ]),
};

const places = {
  "in its placeholder": { tree: "with", token: tokens.long },
  "in the field for applications": { tree: "without", token: "c".repeat(480) },
};

beforeAll(() => {
  mkdirSync(at("without/program"), { recursive: true });
  writeFileSync(at("without/readme.txt"), "Acme Paint\n");
  writeFileSync(at("without/boot.img"), Buffer.alloc(4096, "boot"));
  // Isomd5sum itself finds images below a megabyte broken.
  writeFileSync(at("without/program/setup.bin"), Buffer.alloc(3_000_000, "setup"));
  cpSync(at("without"), at("with"), { recursive: true });
  writeFileSync(at(`with/${placeholderName}`), encodePlaceholder());
});

/** Every file of the image but the placeholder, as xorriso takes it out, and what 7-Zip says of the whole. */
function contentOf(image: string): string {
  run("7z", ["t", image]);
  const name = `${image}.tree`;
  run("rm", ["-rf", name]);
  run("xorriso", ["-osirrox", "on", "-indev", image, "-extract", "/", name]);
  run("chmod", ["-R", "u+w", name]);
  run("find", [name, "-iname", "tallysti*", "-delete"]);
  return run("sh", ["-c", `cd "${name}" && find . -type f | sort | xargs sha256sum`]).said;
}

const cases = Object.entries(makers).flatMap(([maker, make]) =>
  Object.entries(places).map(([place, { tree, token }]) => ({ maker, make, place, tree, token })),
);

describe("an image", () => {
  it.each(cases)(
    "of $maker, stamped $place, opens as before and comes back",
    async ({ make, tree, token }) => {
      make(at(tree), at("original.iso"));
      const before = contentOf(at("original.iso"));
      await stampCopy(at("original.iso"), at("stamped.iso"), tokens.short);
      expect(contentOf(at("stamped.iso"))).toBe(before);
      expect(await readToken(at("stamped.iso"))).toBe(tokens.short);
      await stampCopy(at("stamped.iso"), at("again.iso"), token);
      expect(contentOf(at("again.iso"))).toBe(before);
      expect(await readToken(at("again.iso"))).toBe(token);
      await stampCopy(at("original.iso"), at("direct.iso"), token);
      expect(areSameFiles(at("again.iso"), at("direct.iso"))).toBe(true);
      await restoreCopy(at("again.iso"), at("restored.iso"));
      expect(areSameFiles(at("restored.iso"), at("original.iso"))).toBe(true);
    },
  );

  it("has its stamp in the file that a person finds on the medium", async () => {
    makers["xorriso, Joliet and Rock Ridge"](at("with"), at("original.iso"));
    await stampCopy(at("original.iso"), at("stamped.iso"), tokens.short);
    run("xorriso", [
      "-osirrox",
      "on",
      "-indev",
      at("stamped.iso"),
      "-extract",
      `/${placeholderName}`,
      at("found"),
    ]);
    expect(readFileSync(at("found"), "latin1")).toContain(tokens.short);
  });
});

describe("an image with a sum of itself", () => {
  it("is refused when isomd5sum made the sum, and may have it made of the stamped copy", async () => {
    makers["genisoimage, Joliet and Rock Ridge"](at("with"), at("original.iso"));
    cpSync(at("original.iso"), at("summed.iso"));
    run("implantisomd5", [at("summed.iso")]);
    await expect(stampCopy(at("summed.iso"), at("out.iso"), tokens.short)).rejects.toMatchObject({
      code: "container_unsupported",
    });
    await stampCopy(at("original.iso"), at("stamped.iso"), tokens.short);
    run("implantisomd5", [at("stamped.iso")]);
    expect(run("checkisomd5", [at("stamped.iso")]).code).toBe(0);
    expect(await readToken(at("stamped.iso"))).toBe(tokens.short);
  });

  it("is refused when xorriso made the sum, which a stamp would break", async () => {
    run("xorriso", ["-as", "mkisofs", "-quiet", "-R", "--md5", "-o", at("summed.iso"), at("with")]);
    await expect(stampCopy(at("summed.iso"), at("out.iso"), tokens.short)).rejects.toMatchObject({
      code: "container_unsupported",
    });
    const bytes = readFileSync(at("summed.iso"));
    bytes.write("TALLYSTICK", bytes.indexOf("TALLYSTICK\n") + 20);
    writeFileSync(at("broken.iso"), bytes);
    const check = ["-abort_on", "NEVER", "-indev", at("broken.iso"), "-check_md5", "SORRY", "--"];
    expect(tryTool("xorriso", check).said).toContain("MISMATCH");
  });
});
