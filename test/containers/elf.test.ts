import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { expectRoundTrip } from "./round-trip.ts";
import { readToken, stampCopy, tokens } from "./stamping.ts";
import { testFolder } from "./test-folder.ts";
import { run } from "./tool.ts";

const { at } = testFolder("elf");

/**
 * The official AppImage runtime is no Debian package, so this is one of our own: a program, with the file system right
 * behind its last section, where the official runtime looks for it too. It prints the offset that it found.
 */
const runtime = `
#include <elf.h>
#include <stdio.h>
__attribute__((section(".upd_info"))) const char update[64] = "zsync|https://acme.example/paint.zsync";
__attribute__((section(".sha256_sig"))) char signature[64] = {0};
int main(void) {
  FILE *self = fopen("/proc/self/exe", "rb");
  Elf64_Ehdr head;
  if (!self || fread(&head, sizeof head, 1, self) != 1) return 1;
  long end = (long)(head.e_shoff + head.e_shentsize * head.e_shnum);
  char magic[5] = {0};
  fseek(self, end, SEEK_SET);
  if (fread(magic, 4, 1, self) != 1) return 1;
  printf("%s at %ld, update %c, signature %d\\n", magic, end, update[0], signature[0]);
  return 0;
}`;

beforeAll(() => {
  writeFileSync(at("runtime.c"), runtime);
  run("cc", ["-O1", "-o", at("program"), at("runtime.c")]);
  mkdirSync(at("AppDir"));
  writeFileSync(at("AppDir/AppRun"), "#!/bin/sh\necho paint\n");
  writeFileSync(at("AppDir/paint.txt"), "paint\n".repeat(30_000));
  run("mksquashfs", [at("AppDir"), at("image.squashfs"), "-quiet", "-no-progress", "-root-owned"]);
  const elf = readFileSync(at("program"));
  elf.set([0x41, 0x49, 2], 8);
  writeProgram("Paint.AppImage", elf, readFileSync(at("image.squashfs")));
  run("zip", ["-qj", at("carried.zip"), at("AppDir/paint.txt")]);
  writeProgram("self-extractor", readFileSync(at("program")), readFileSync(at("carried.zip")));
  run("zip", ["-qA", at("self-extractor")]);
});

function writeProgram(name: string, ...parts: Uint8Array[]): void {
  writeFileSync(at(name), Buffer.concat(parts));
  chmodSync(at(name), 0o755);
}

function expectRuns(file: string): void {
  expect(statSync(file).mode & 0o111).toBe(0o111);
  expect(run(file, []).code).toBe(0);
}

describe("a stamped Linux program", () => {
  it("runs, and has the sections that it had", async () => {
    cpSync(at("AppDir/paint.txt"), at("nothing.txt"));
    writeFileSync(at("plain.c"), `#include <stdio.h>\nint main(void) { puts("paint"); return 0; }`);
    run("cc", ["-o", at("plain"), at("plain.c")]);
    const { plan } = await expectRoundTrip(at("plain"), (file) => {
      expect(run(file, []).said).toBe("paint\n");
      expect(run("readelf", ["-SlW", file]).said).not.toContain("Warning");
    });
    expect(plan.notes).toEqual([]);
  });

  it("is an AppImage that finds and unpacks its file system", async () => {
    const offset = statSync(at("program")).size;
    const { plan } = await expectRoundTrip(at("Paint.AppImage"), (file) => {
      expectRuns(file);
      expect(run(file, []).said).toBe(`hsqs at ${offset}, update z, signature 0\n`);
      const target = mkdtempSync(at("unpacked-"));
      run("unsquashfs", ["-quiet", "-no-progress", "-offset", `${offset}`, "-force", "-dest", target, file]);
      expect(readFileSync(join(target, "paint.txt")).equals(readFileSync(at("AppDir/paint.txt")))).toBe(true);
    });
    expect(plan.notes).toEqual([expect.stringContaining("zsync")]);
  });

  it("is no AppImage that carries a signature over the whole file", async () => {
    const offset = Number(
      /\.sha256_sig\s+PROGBITS\s+\w+\s+(\w+)/
        .exec(run("readelf", ["-SW", at("program")]).said)?.[1]
        ?.replace(/^/, "0x"),
    );
    const signed = readFileSync(at("Paint.AppImage"));
    signed.write("-----BEGIN PGP SIGNATURE-----", offset);
    writeProgram("Signed.AppImage", signed);
    await expect(stampCopy(at("Signed.AppImage"), at("out"), tokens.short)).rejects.toMatchObject({
      code: "container_unsupported",
      message: expect.stringContaining("signature"),
    });
  });

  it("keeps the archive behind it readable", async () => {
    await expectRoundTrip(at("self-extractor"), (file) => {
      expectRuns(file);
      const script = "import sys,zipfile; print(zipfile.ZipFile(sys.argv[1]).testzip())";
      expect(run("python3", ["-c", script, file]).said.trim()).toBe("None");
      expect(run("unzip", ["-tqq", file]).code).toBe(0);
    });
  });

  it("is the Node that runs this test, stamped", async () => {
    await stampCopy(process.execPath, at("node"), tokens.long);
    expect(run(at("node"), ["-p", "6 * 7"]).said.trim()).toBe("42");
    expect(await readToken(at("node"))).toBe(tokens.long);
  });
});
