import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeFailure } from "./failure.ts";
import { readDocument } from "./read-document.ts";

const missing = join(tmpdir(), "tallystick-no-such-file.csv");

describe("a failure that is told", () => {
  it("names a file that is not there, however it was to be read", async () => {
    const told = { exit: 1, code: "file_missing", message: `There is no file ${missing}.` };
    expect(describeFailure(await readFile(missing).catch((error) => error))).toEqual(told);
    expect(describeFailure(await readDocument(missing).catch((error) => error))).toEqual(told);
  });

  it("names a folder that stands where a file is needed", async () => {
    const error = await readFile(tmpdir()).catch((cause) => cause);
    expect(describeFailure(error)).toMatchObject({ exit: 1, code: "file_unusable" });
  });

  it("leaves an error of anything else to its own words", () => {
    const error = Object.assign(new Error("connect ENOENT"), { code: "ENOENT" });
    expect(describeFailure(error)).toMatchObject({ code: "internal_error", message: "connect ENOENT" });
  });
});
