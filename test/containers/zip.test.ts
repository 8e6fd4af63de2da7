import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { expectRoundTrip } from "./round-trip.ts";
import { stampCopy, tokens } from "./stamping.ts";
import { testFolder } from "./test-folder.ts";
import { run, tryTool } from "./tool.ts";

const { folder, at } = testFolder("zip");
const store = ["-keystore", "keys.p12", "-storepass", "changeit"];

beforeAll(() => {
  mkdirSync(at("files"));
  for (let index = 0; index < 40; index++)
    writeFileSync(at(`files/part-${index}.txt`), `part ${index}\n`.repeat(index * 30));
  run("zip", ["-qr", "plain.zip", "files"], { cwd: folder });
  cpSync(at("plain.zip"), at("commented.zip"));
  run("zip", ["-z", "commented.zip"], { cwd: folder, input: "Acme Paint 7, for the trade" });
  // Written to a pipe, an archive has the lengths of its entries behind them.
  writeFileSync(at("piped.zip"), run("zip", ["-qr", "-", "files"], { cwd: folder }).stdout);
  // It may have a ZIP64 end whose numbers stand in the old end too.
  run("zip", ["-qr", "-fz", "both.zip", "files"], { cwd: folder });
  python(manyFiles, at("many.zip"));
  writeFileSync(
    at("app.sh"),
    Buffer.concat([Buffer.from("#!/bin/sh\nexit\n"), readFileSync(at("plain.zip"))]),
  );
  signJar();
});

/** More than 65,535 files, so the archive ends in the records of ZIP64. */
const manyFiles = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as z:
  for i in range(66000): z.writestr(f"files/part-{i}.txt", "")
`;

function signJar(): void {
  const key = [
    "-genkeypair",
    "-alias",
    "acme",
    "-keyalg",
    "RSA",
    "-dname",
    "CN=Acme",
    "-keypass",
    "changeit",
  ];
  run("keytool", [...key, ...store], { cwd: folder });
  run("jar", ["cf", "tool.jar", "files"], { cwd: folder });
  run("jarsigner", [...store, "tool.jar", "acme"], { cwd: folder });
}

const python = (script: string, file: string) => run("python3", ["-c", script, file]).said;

/** Every reader at hand opens the archive whole. */
function expectOpens(file: string): void {
  expect(run("unzip", ["-tqq", file]).code).toBe(0);
  expect(run("7z", ["t", file]).said).toContain("Everything is Ok");
  expect(run("jar", ["tf", file]).said).toContain("files/part-39.txt");
  const test =
    "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()) >= 40)";
  expect(python(test, file).trim()).toBe("None True");
}

const verifyJar = (file: string) =>
  tryTool("jarsigner", ["-verify", "-strict", ...store, file], { cwd: folder });

describe("a stamped ZIP file", () => {
  it.each(["plain.zip", "commented.zip", "piped.zip", "both.zip", "many.zip"])(
    "opens as before: %s",
    async (name) => {
      await expectRoundTrip(at(name), expectOpens);
    },
  );

  it("keeps the comment that was there", async () => {
    const { stamped } = await expectRoundTrip(at("commented.zip"), expectOpens);
    expect(run("unzip", ["-z", stamped]).said).toContain("Acme Paint 7, for the trade");
  });

  it("still runs when a script stands in front", async () => {
    await expectRoundTrip(at("app.sh"), (file) => {
      expect(run("sh", [file]).code).toBe(0);
      expect(python("import sys,zipfile; print(zipfile.ZipFile(sys.argv[1]).testzip())", file).trim()).toBe(
        "None",
      );
    });
  });

  it("keeps a JAR's signature", async () => {
    const { stamped } = await expectRoundTrip(at("tool.jar"), (file) => {
      expectOpens(file);
      expect(verifyJar(file).said).toContain("jar verified.");
    });
    const changed = readFileSync(stamped);
    const [name, content] = [Buffer.from("files/part-9.txt"), 30 + "files/part-9.txt".length];
    const start = changed.indexOf(name) - 30;
    changed[start + content + 20] = (changed[start + content + 20] ?? 0) ^ 1;
    writeFileSync(at("changed.jar"), changed);
    const refused = verifyJar(at("changed.jar"));
    expect(refused.said).not.toContain("jar verified.");
  });

  it("is an APK only when its signature is a JAR's", async () => {
    const signApk = (version: string, enabled: Record<string, boolean>) => {
      cpSync(at("plain.zip"), at(`${version}.apk`));
      const schemes = Object.entries(enabled).map(([scheme, is]) => `--${scheme}-signing-enabled=${is}`);
      const secrets = ["--ks", "keys.p12", "--ks-pass", "pass:changeit", "--min-sdk-version", "21"];
      run("apksigner", ["sign", ...secrets, ...schemes, `${version}.apk`], { cwd: folder });
    };
    signApk("v1", { v1: true, v2: false, v3: false, v4: false });
    signApk("v2", { v1: true, v2: true, v3: false, v4: false });
    signApk("v3", { v1: true, v2: false, v3: true, v4: false });
    await expectRoundTrip(at("v1.apk"), (file) => {
      expectOpens(file);
      const options = ["--min-sdk-version", "21", "--max-sdk-version", "23"];
      expect(run("apksigner", ["verify", ...options, file]).code).toBe(0);
    });
    for (const version of ["v2", "v3"])
      await expect(stampCopy(at(`${version}.apk`), at("out.apk"), tokens.short)).rejects.toMatchObject({
        code: "container_unsupported",
        message: expect.stringContaining("APK"),
      });
  });
});
