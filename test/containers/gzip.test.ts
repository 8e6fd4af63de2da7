import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { expectRoundTrip } from "./round-trip.ts";
import { stampCopy, tokens } from "./stamping.ts";
import { testFolder } from "./test-folder.ts";
import { run, tryTool } from "./tool.ts";

const { folder, at } = testFolder("gzip");

beforeAll(() => {
  mkdirSync(at("files"));
  for (let index = 0; index < 20; index++)
    writeFileSync(at(`files/${index}.txt`), `line ${index}\n`.repeat(1000));
  run("tar", ["czf", "app.tar.gz", "files"], { cwd: folder });
  run("pigz", ["-kf", "-c", "app.tar.gz"], { cwd: folder });
  const tar = gunzipSync(readFileSync(at("app.tar.gz")));
  const members = [tar.subarray(0, 100_000), tar.subarray(100_000)];
  writeFileSync(
    at("members.tar.gz"),
    Buffer.concat(members.map((part) => run("gzip", ["-c"], { input: part }).stdout)),
  );
  writeFileSync(at("pigz.tar.gz"), run("pigz", ["-c", "-p", "4"], { input: tar }).stdout);
});

/** Every reader at hand unpacks the same, and complains of nothing. */
function expectUnpacks(file: string): void {
  expect(run("gzip", ["-t", file]).said).toBe("");
  expect(run("pigz", ["-t", file]).said).toBe("");
  expect(run("7z", ["t", file]).said).toContain("Everything is Ok");
  const listed = run("tar", ["tzf", file]);
  expect(listed.said.split("\n").length).toBe(22);
  const tar = run("gzip", ["-dc", file]).stdout;
  expect(gunzipSync(readFileSync(file)).equals(tar)).toBe(true);
  expect(run("busybox", ["gunzip", "-c", file]).stdout.equals(tar)).toBe(true);
  const script = "import gzip,sys; sys.stdout.buffer.write(gzip.open(sys.argv[1]).read())";
  expect(run("python3", ["-c", script, file]).stdout.equals(tar)).toBe(true);
}

describe("a stamped gzip file", () => {
  it.each(["app.tar.gz", "members.tar.gz", "pigz.tar.gz"])("unpacks as before: %s", async (name) => {
    await expectRoundTrip(at(name), expectUnpacks);
  });

  it("is not made of one that ends in padding, where a decoder would not find the stamp's member", async () => {
    writeFileSync(at("padded.tar.gz"), Buffer.concat([readFileSync(at("app.tar.gz")), Buffer.alloc(512)]));
    await expect(stampCopy(at("padded.tar.gz"), at("out.gz"), tokens.short)).rejects.toMatchObject({
      code: "container_unsupported",
    });
  });

  it("is not what bytes that are merely appended make: gzip takes those for garbage", () => {
    writeFileSync(
      at("appended.gz"),
      Buffer.concat([readFileSync(at("app.tar.gz")), Buffer.from("TALLYSTICK\n")]),
    );
    const refused = tryTool("gzip", ["-t", at("appended.gz")]);
    expect(refused.code).toBe(2);
    expect(refused.said).toContain("garbage");
  });
});
