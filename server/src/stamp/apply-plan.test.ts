import { spawn, spawnSync } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { bytesSource } from "@tallystick/sdk/stamp";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PlannedBytes, patchedRange, stampFile } from "./apply-plan.ts";
import { openFileSource } from "./file-source.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const original = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251);
const plan: PlannedBytes = {
  patches: [
    { offset: 3, bytes: bytes(1, 2, 3) },
    { offset: 199_999, bytes: bytes(9, 9, 9) },
  ],
  newLength: 200_004,
};

/** What a plan means, said in the plainest way. */
function applied(from: Uint8Array, { patches, newLength }: PlannedBytes): Uint8Array {
  const result = new Uint8Array(newLength);
  result.set(from.subarray(0, newLength));
  for (const { offset, bytes: patch } of patches) result.set(patch, offset);
  return result;
}

async function newFile() {
  const folder = await mkdtemp(join(tmpdir(), "tallystick-apply-"));
  const path = join(folder, "setup.exe");
  await writeFile(path, original);
  return { folder, path, out: join(folder, "out.exe"), source: await openFileSource(path) };
}

/** Writes nine bytes of a file as the result, and says what failed. */
const program = `
  import { stampFile } from ${JSON.stringify(fileURLToPath(new URL("apply-plan.ts", import.meta.url)))};
  import { openFileSource } from ${JSON.stringify(fileURLToPath(new URL("file-source.ts", import.meta.url)))};
  const [path, out] = process.argv.slice(1);
  await stampFile(await openFileSource(path), { patches: [], newLength: 9 }, out).catch((error) => console.log(error.code));
`;
const nodeOptions = ["--conditions=tallystick-source", "--input-type=module", "--eval"];

describe("applying a plan", () => {
  it("writes the patches over a copy that is longer or shorter, and keeps the permissions", async () => {
    const { folder, path, out, source } = await newFile();
    await chmod(path, 0o555);
    const again = await openFileSource(path);
    await stampFile(again, plan, out);
    expect(Buffer.compare(await readFile(out), applied(original, plan))).toBe(0);
    expect((await stat(out)).mode & 0o777).toBe(0o555);
    await stampFile(again, { patches: [], newLength: 10 }, out);
    expect(await readFile(out)).toEqual(Buffer.from(original.subarray(0, 10)));
    expect((await readdir(folder)).sort()).toEqual(["out.exe", "setup.exe"]);
    await Promise.all([source.close(), again.close()]);
  });

  it("refuses the original's own place, by whatever name, and what is not a plain file", async () => {
    const { folder, path, source } = await newFile();
    await symlink(path, join(folder, "link.exe"));
    for (const place of [path, join(folder, "link.exe")])
      await expect(stampFile(source, plan, place)).rejects.toMatchObject({ code: "same_file" });
    for (const place of [folder, "/dev/null"])
      await expect(stampFile(source, plan, place)).rejects.toMatchObject({ code: "file_unusable" });
    const nowhere = stampFile(source, plan, join(folder, "none", "out.exe"));
    await expect(nowhere).rejects.toMatchObject({ code: "file_unusable" });
    expect(Buffer.compare(await readFile(path), original)).toBe(0);
    await source.close();
  });

  it("leaves the result as it was, and nothing beside it, when the work fails half-way or is ended", async () => {
    const { folder, out, source } = await newFile();
    await writeFile(out, "before");
    const broken = { patches: [{ offset: 1, bytes: {} as Uint8Array }], newLength: 5 };
    broken.patches[0] = Object.defineProperty(broken.patches[0] ?? { offset: 0, bytes: bytes() }, "bytes", {
      get: () => {
        throw new Error("half-way");
      },
    });
    await expect(stampFile(source, broken, out)).rejects.toThrow("half-way");
    const reason = new Error("ended by a person");
    await expect(stampFile(source, plan, out, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(await readFile(out, "utf8")).toBe("before");
    expect((await readdir(folder)).sort()).toEqual(["out.exe", "setup.exe"]);
    await source.close();
  });

  it("says that the original changed meanwhile", async () => {
    const { path, out, source } = await newFile();
    await writeFile(path, "another build");
    await expect(stampFile(source, plan, out)).rejects.toMatchObject({ code: "file_changed" });
    await source.close();
  });

  it("puts the result in place at once: who reads the former one reads it to its end", async () => {
    const { out, source } = await newFile();
    await writeFile(out, "before");
    const former = await openFileSource(out);
    await stampFile(source, plan, out);
    expect(Buffer.from(await former.read(0, 6)).toString()).toBe("before");
    expect((await stat(out)).size).toBe(plan.newLength);
    await Promise.all([source.close(), former.close()]);
  });

  it("leaves the result as it was when the process is killed, at whatever moment", async () => {
    const { folder, path, out, source } = await newFile();
    await source.close();
    await truncate(path, 64 * 1024 * 1024);
    await writeFile(out, "before");
    for (let tries = 0; tries < 3; tries++) {
      const child = spawn(process.execPath, [...nodeOptions, program, path, out], { stdio: "ignore" });
      const ended = new Promise((resolve) => child.once("exit", resolve));
      const hasBegun = async () => (await readdir(folder)).some((name) => name.endsWith(".part"));
      while (child.exitCode === null && !(await hasBegun())) await setImmediate();
      child.kill("SIGKILL");
      await ended;
      // It may have been done before it was killed; then the result is whole.
      const result = await readFile(out);
      expect([6, 9]).toContain(result.length);
      for (const name of await readdir(folder)) if (name.endsWith(".part")) await rm(join(folder, name));
    }
  });

  it("says that the disk is full, and leaves nothing", async () => {
    const { folder, path, out, source } = await newFile();
    await source.close();
    // A limit on a file's size meets the process as a full disk does.
    const script = 'ulimit -f 100; exec "$@"';
    const ended = spawnSync(
      "sh",
      ["-c", script, "sh", process.execPath, ...nodeOptions, program, path, out],
      {
        encoding: "utf8",
      },
    );
    expect(ended).toMatchObject({ status: 0, stdout: "disk_full\n" });
    expect(await readdir(folder)).toEqual(["setup.exe"]);
  });
});

describe("a range of a planned file", () => {
  it("is that part of the whole, whatever the patches and the length", async () => {
    const patches = fc
      .array(fc.tuple(fc.nat(40), fc.uint8Array({ minLength: 1, maxLength: 30 })), { maxLength: 4 })
      .map((list) => {
        let at = 0;
        return list.map(([gap, patch]) => {
          const offset = at + gap;
          at = offset + patch.length;
          return { offset, bytes: patch };
        });
      });
    const property = fc.asyncProperty(
      patches,
      fc.nat(300),
      fc.nat(300),
      fc.nat(300),
      async (list, longer, a, b) => {
        const last = list.at(-1);
        const newLength = (last === undefined ? 0 : last.offset + last.bytes.length) + longer;
        const planned = { patches: list, newLength };
        const source = bytesSource(original.subarray(0, 150));
        const range = { start: Math.min(a, b, newLength), end: Math.max(a, b) };
        const pieces: Uint8Array[] = [];
        for await (const piece of patchedRange(source, planned, range)) pieces.push(piece);
        const whole = applied(original.subarray(0, 150), planned);
        expect(Buffer.concat(pieces)).toEqual(Buffer.from(whole.subarray(range.start, range.end)));
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });
});
