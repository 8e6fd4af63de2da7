import { readFileSync, writeFileSync } from "node:fs";
import { zstdDecompressSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { expectRoundTrip } from "./round-trip.ts";
import { testFolder } from "./test-folder.ts";
import { run, tryTool } from "./tool.ts";

const { at } = testFolder("zstd");
const content = Buffer.from(Array.from({ length: 60_000 }, (_, line) => `line ${line}\n`).join(""));

beforeAll(() => {
  writeFileSync(at("content"), content);
  const made = { "app.zst": ["-19"], "long.zst": ["--long=27", "--check"], "bare.zst": ["--no-check"] };
  for (const [name, options] of Object.entries(made))
    run("zstd", ["-q", ...options, at("content"), "-o", at(name)]);
  run("pzstd", ["-q", "-p", "4", at("content"), "-o", at("parallel.zst")]);
});

function expectUnpacks(file: string): void {
  expect(run("zstd", ["-t", "--long=27", file]).code).toBe(0);
  expect(run("zstd", ["-dc", "--long=27", file]).stdout.equals(content)).toBe(true);
  expect(run("pzstd", ["-dcq", file]).stdout.equals(content)).toBe(true);
  expect(zstdDecompressSync(readFileSync(file)).equals(content)).toBe(true);
}

describe("a stamped zstd file", () => {
  it.each(["app.zst", "long.zst", "bare.zst", "parallel.zst"])("unpacks as before: %s", async (name) => {
    await expectRoundTrip(at(name), expectUnpacks);
  });

  it("is not what bytes that are merely appended make", () => {
    writeFileSync(
      at("appended.zst"),
      Buffer.concat([readFileSync(at("app.zst")), Buffer.from("TALLYSTICK\n")]),
    );
    expect(tryTool("zstd", ["-t", at("appended.zst")]).code).not.toBe(0);
  });
});
