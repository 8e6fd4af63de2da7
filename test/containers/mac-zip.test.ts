import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { expectRoundTrip } from "./round-trip.ts";
import { stampCopy, tokens } from "./stamping.ts";
import { testFolder } from "./test-folder.ts";
import { run } from "./tool.ts";

const { folder, at } = testFolder("mac-zip");
const python = (script: string, ...args: string[]) => run("python3", ["-c", script, ...args]).said.trim();

function put(name: string, content: string): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), content);
}

beforeAll(() => {
  put("Paint.app/Contents/Info.plist", "<plist/>");
  put("Paint.app/Contents/MacOS/Paint", "#!/bin/sh\n".repeat(4000));
  put("Paint.app/Contents/Frameworks/Helper.app/Contents/Info.plist", "<plist/>");
  put("Größe €.app/Contents/Info.plist", "<plist/>");
  put("Acme/Paint.app/Contents/Info.plist", "<plist/>");
  put("Acme/Read me.txt", "read me\n");
  put("__MACOSX/._Paint.app", "attributes of the vendor's own");
  const zip = (out: string, ...names: string[]) => run("zip", ["-qr", out, ...names], { cwd: folder });
  zip("Paint.zip", "Paint.app");
  zip("Named.zip", "Größe €.app");
  zip("Folder.zip", "Acme");
  zip("Two.zip", "Paint.app", "Größe €.app");
  zip("Taken.zip", "Paint.app", "__MACOSX");
  const piped = run("zip", ["-qr", "-", "Paint.app"], { cwd: folder });
  writeFileSync(at("Piped.zip"), piped.stdout);
  python(manyFiles, at("Many.zip"));
});

/** Beside the app more than 65,535 files, so the archive ends in the records of ZIP64. */
const manyFiles = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as z:
  z.writestr("Paint.app/Contents/Info.plist", "")
  for i in range(66000): z.writestr(f"Paint.app/Contents/{i}", "")
`;

function expectOpens(file: string): void {
  expect(run("unzip", ["-tqq", file]).code).toBe(0);
  expect(run("7z", ["t", file]).said).toContain("Everything is Ok");
  const script = "import sys,zipfile; print(zipfile.ZipFile(sys.argv[1]).testzip())";
  expect(python(script, file)).toBe("None");
}

/** The one attribute of an AppleDouble file, read by the offsets that it names itself. */
const readAttribute = `
import struct, sys, zipfile
b = zipfile.ZipFile(sys.argv[1]).read(sys.argv[2])
magic, version, count = struct.unpack('>II16xH', b[:26])
finder, resource = struct.unpack('>III', b[26:38]), struct.unpack('>III', b[38:50])
assert (magic, version, count) == (0x51607, 0x20000, 2) and finder[:2] == (9, 50) and resource[0] == 2
assert b[84:88] == b'ATTR' and finder[1] + finder[2] == resource[1] == len(b)
total, start, length = struct.unpack('>III', b[92:104])
at, size, flags, letters = struct.unpack('>IIHB', b[120:131])
assert struct.unpack('>H', b[118:120]) == (1,) and total == len(b) and (at, size) == (start, length)
print(b[131:131 + letters - 1].decode(), b[131 + letters - 1], b[at:at + 10].decode(), len(b) - at - size)
`;

describe("a stamped macOS app in a ZIP file", () => {
  it.each([
    ["Paint.zip", "__MACOSX/._Paint.app"],
    ["Piped.zip", "__MACOSX/._Paint.app"],
    ["Many.zip", "__MACOSX/._Paint.app"],
    ["Named.zip", "__MACOSX/._Größe €.app"],
    ["Folder.zip", "__MACOSX/Acme/._Paint.app"],
  ])("opens as before, with an attribute for the app: %s", async (name, entry) => {
    const { stamped, plan } = await expectRoundTrip(at(name), expectOpens);
    expect(plan.container).toBe("mac-zip");
    expect(python(readAttribute, stamped, entry)).toBe("com.apple.application-instance 0 TALLYSTICK 0");
  });

  it.each([
    ["holds several apps", "Two.zip", "several apps"],
    ["gives the app attributes already", "Taken.zip", "xattr -cr"],
  ])("is refused when the archive %s", async (_what, name, reason) => {
    await expect(stampCopy(at(name), at("out.zip"), tokens.short)).rejects.toMatchObject({
      code: "container_unsupported",
      message: expect.stringContaining(reason),
    });
  });

  it("leaves the app's own files where they were", async () => {
    const original = readFileSync(at("Paint.zip"));
    const { plan } = await expectRoundTrip(at("Paint.zip"), expectOpens);
    expect(plan.patches[0]?.offset).toBe(original.indexOf(Buffer.from("PK\x01\x02", "latin1")));
  });
});
