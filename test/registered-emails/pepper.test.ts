import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { parseConfig } from "../../server/src/config/parse-config.ts";
import { createLog } from "../../server/src/deps/log-writer.ts";
import { openDeps } from "../../server/src/receiver/start/open-deps.ts";
import { testContent } from "../http/open-app.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

onEveryEngine("the pepper", (bench) => {
  it("is noticed when it is another than the database was filled with", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tallystick-pepper-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const config = { ...parseConfig(testContent(), { file: join(folder, "config.json"), env: {} }) };
    const database = await bench.database();
    const log = await createLog({ destination: { write: () => {} } });
    const open = () => openDeps({ ...config, database }, { log });
    const [first, beside] = await Promise.all([open(), open()]);
    expect(beside.hashes.pepperId).toBe(first.hashes.pepperId);
    await Promise.all([first.store.close(), beside.store.close()]);
    await (await open()).store.close();
    await rm(join(folder, "var/keys/pepper"));
    await writeFile(join(folder, "var/keys/pepper"), "another pepper that is long enough\n");
    await expect(open()).rejects.toMatchObject({
      problems: [{ path: "pepper", message: expect.stringContaining("this is another") }],
    });
  });
});
