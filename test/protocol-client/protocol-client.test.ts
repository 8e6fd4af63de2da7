import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { vectorFiles, vectorFolder } from "../vectors/make/make-vectors.ts";

/** Zones of the IANA database are needed too, which a small machine may lack. */
const hasPython =
  spawnSync("python3", [
    "-c",
    "import sys, zoneinfo; zoneinfo.ZoneInfo('Europe/Berlin'); sys.exit(sys.version_info < (3, 11))",
  ]).status === 0;

describe("a client made from PROTOCOL.md alone", () => {
  it.runIf(hasPython)("agrees with every vector in Python", () => {
    const script = join(import.meta.dirname, "run_vectors.py");
    const run = spawnSync("python3", ["-B", script, vectorFolder.pathname], { encoding: "utf8" });
    expect(run.stderr).toBe("");
    const { agreed, differing } = JSON.parse(run.stdout);
    expect(differing).toEqual([]);
    expect(
      Object.keys(agreed)
        .map((name) => `${name}.json`)
        .sort(),
    ).toEqual(Object.keys(vectorFiles).sort());
  });

  it("has 200 lines at most", () => {
    const text = readFileSync(join(import.meta.dirname, "client.py"), "utf8");
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(200);
  });
});
