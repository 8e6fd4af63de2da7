import { appendFile, copyFile, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bytesSource, readStamp } from "@tallystick/sdk/stamp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { addPartner } from "../../server/src/channel/partners.ts";
import { parseConfig } from "../../server/src/config/parse-config.ts";
import { createLog } from "../../server/src/deps/log-writer.ts";
import { createApp } from "../../server/src/receiver/routes/app.ts";
import { openDeps } from "../../server/src/receiver/start/open-deps.ts";
import { revokeToken, verifyIssuedToken } from "../../server/src/tokens/tokens.ts";
import { tinyZip } from "../stamp/tiny-archives.ts";
import { adminToken, temporaryFolder, testContent, testEnv } from "./open-app.ts";

const program = tinyZip([{ name: "acme-paint.bin", content: Buffer.alloc(300_000, "Acme Paint ") }]);

async function openShelf() {
  const { folder, remove } = await temporaryFolder();
  const installer = join(folder, "Acme Päint.zip");
  await writeFile(installer, program);
  await writeFile(join(folder, "other.zip"), tinyZip([{ name: "other.bin", content: Buffer.from("other") }]));
  const content = testContent();
  const [product] = content.products;
  const config = parseConfig(
    { ...content, products: [{ ...product, installers: [installer, "./other.zip"] }] },
    { file: join(folder, "tallystick.config.json"), env: {} },
  );
  const lines: string[] = [];
  const log = await createLog({ destination: { write: (line) => lines.push(line) } });
  const deps = await openDeps(config, { log, env: testEnv });
  for (const id of ["north", "south"]) await addPartner(deps, { id, name: id });
  const app = createApp(deps, { shops: new Map(), adminToken });
  const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
    app.request(path, { headers, method });
  const close = async () => {
    await deps.store.close();
    await remove();
  };
  return { deps, get, installer, folder, lines, close };
}

const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());
const tokenOf = async (bytes: Uint8Array) => {
  const reading = await readStamp(bytesSource(bytes));
  if (reading.code !== "stamped") throw new Error("not stamped");
  return reading.token;
};

describe("GET /d/{product}/{partner}", () => {
  let shelf: Awaited<ReturnType<typeof openShelf>>;
  beforeAll(async () => {
    shelf = await openShelf();
  });
  afterAll(() => shelf.close());

  it("hands out the one file with each partner's own token", async () => {
    for (const partner of ["north", "south"]) {
      const response = await shelf.get(`/d/acme-paint/${partner}`);
      expect(response.status).toBe(200);
      const bytes = await bytesOf(response);
      expect(response.headers.get("content-length")).toBe(String(bytes.length));
      const claims = await verifyIssuedToken(shelf.deps, await tokenOf(bytes));
      expect(claims).toMatchObject({ sub: partner, aud: "acme-paint", batch: "download" });
    }
  });

  it("gives the same bytes each time, and any range of them", async () => {
    const whole = await shelf.get("/d/acme-paint/north");
    const bytes = await bytesOf(whole);
    const etag = whole.headers.get("etag") ?? "";
    expect(await bytesOf(await shelf.get("/d/acme-paint/north"))).toEqual(bytes);
    for (const [start, end] of [
      [0, 1],
      [100_000, 270_001],
      [bytes.length - 600, bytes.length],
      [program.length - 5, bytes.length - 3],
    ] as const) {
      const headers = { range: `bytes=${start}-${end - 1}`, "if-range": etag };
      const part = await shelf.get("/d/acme-paint/north", headers);
      expect(part.status).toBe(206);
      expect(part.headers.get("content-range")).toBe(`bytes ${start}-${end - 1}/${bytes.length}`);
      expect(await bytesOf(part)).toEqual(bytes.slice(start, end));
    }
  });

  it("answers conditions, HEAD and a range behind the end without a body", async () => {
    const head = await shelf.get("/d/acme-paint/north", {}, "HEAD");
    const etag = head.headers.get("etag") ?? "";
    expect(Number(head.headers.get("content-length"))).toBeGreaterThan(program.length);
    expect(await bytesOf(head)).toHaveLength(0);
    const kept = await shelf.get("/d/acme-paint/north", { "if-none-match": `"other", W/${etag}` });
    expect(kept.status).toBe(304);
    const behind = await shelf.get("/d/acme-paint/north", { range: "bytes=99999999-" });
    expect(behind.status).toBe(416);
    expect(behind.headers.get("content-range")).toMatch(/^bytes \*\/\d+$/);
    const old = await shelf.get("/d/acme-paint/north", { range: "bytes=0-1", "if-range": '"old"' });
    expect(old.status).toBe(200);
    await old.body?.cancel();
  });

  it("offers the file under its name", async () => {
    const head = await shelf.get("/d/acme-paint/north", {}, "HEAD");
    expect(head.headers.get("content-disposition")).toBe(
      `attachment; filename="Acme P_int.zip"; filename*=UTF-8''Acme%20P%C3%A4int.zip`,
    );
    expect(head.headers.get("content-type")).toBe("application/zip");
    const named = await bytesOf(await shelf.get("/d/acme-paint/north/other.zip"));
    expect((await verifyIssuedToken(shelf.deps, await tokenOf(named))).sub).toBe("north");
  });

  it.each(["/d/unknown/north", "/d/acme-paint/north/../../etc/passwd", "/d/acme-paint/north/passwd"])(
    "answers 404 to %s",
    async (path) => {
      expect((await shelf.get(path)).status).toBe(404);
    },
  );

  it("tells a person who followed a wrong link so, with a page", async () => {
    const response = await shelf.get("/d/unknown/north", { accept: "text/html,*/*;q=0.8" });
    expect([response.status, response.headers.get("content-type")]).toEqual([
      404,
      "text/html; charset=utf-8",
    ]);
    expect(await response.text()).toContain("There is nothing to download here");
  });

  it("hands out the vendor's own file where nobody is to be credited, and tells no more", async () => {
    const response = await shelf.get("/d/acme-paint/nobody");
    expect(response.status).toBe(200);
    expect(Buffer.from(await bytesOf(response)).equals(program)).toBe(true);
  });

  it("asks the database for nobody who has a name that no partner can have", async () => {
    const read = vi.spyOn(shelf.deps.store, "read");
    for (const name of ["%00", "%F0%9F%98%80", "..%2fnorth", "NORTH", "n".repeat(65)])
      expect(await bytesOf(await shelf.get(`/d/acme-paint/${name}`))).toEqual(new Uint8Array(program));
    expect(read).not.toHaveBeenCalled();
    read.mockRestore();
  });

  it("stamps with a new token once the former is revoked", async () => {
    const before = await tokenOf(await bytesOf(await shelf.get("/d/acme-paint/south")));
    const { jti } = await verifyIssuedToken(shelf.deps, before);
    await revokeToken(shelf.deps, jti);
    const after = await tokenOf(await bytesOf(await shelf.get("/d/acme-paint/south")));
    expect(after).not.toBe(before);
    expect((await verifyIssuedToken(shelf.deps, after)).sub).toBe("south");
  });

  it("goes on with the old file when it is replaced under a download, and changes the ETag", async () => {
    const running = await shelf.get("/d/acme-paint/north");
    const expected = await bytesOf(await shelf.get("/d/acme-paint/north"));
    const next = join(shelf.folder, "next.zip");
    await writeFile(next, tinyZip([{ name: "acme-paint.bin", content: Buffer.alloc(5_000, "2") }]));
    await rename(next, shelf.installer);
    expect(await bytesOf(running)).toEqual(expected);
    const fresh = await shelf.get("/d/acme-paint/north");
    expect(fresh.headers.get("etag")).not.toBe(running.headers.get("etag"));
    expect((await bytesOf(fresh)).length).toBeLessThan(10_000);
  });

  it("hands out a file that can no longer be stamped as it is, and says so in the log", async () => {
    await appendFile(shelf.installer, "garbage behind the archive");
    await copyFile(shelf.installer, `${shelf.installer}.copy`);
    const broken = await readFile(shelf.installer);
    broken.fill(0, 0, 64);
    broken.fill(0, broken.length - 200);
    await writeFile(shelf.installer, broken);
    const response = await shelf.get("/d/acme-paint/north");
    expect(Buffer.from(await bytesOf(response)).equals(broken)).toBe(true);
    expect(shelf.lines.some((line) => line.includes("server.failed"))).toBe(true);
  });

  it("opens no more for one address than it may, however slowly it reads, and more once it has left", async () => {
    const { ofOneAddress } = shelf.deps.config.downloads;
    const unread = await Promise.all(
      Array.from({ length: ofOneAddress }, () => shelf.get("/d/acme-paint/north")),
    );
    expect(unread.map(({ status }) => status)).toEqual(unread.map(() => 200));
    const refused = await shelf.get("/d/acme-paint/north");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
    for (const response of unread) await response.body?.cancel();
    const askAgain = async () => {
      const answer = await shelf.get("/d/acme-paint/north");
      await answer.body?.cancel();
      return answer.status;
    };
    await expect.poll(askAgain).toBe(200);
  });

  it("asks to come again while the file is not there, and says so in the log", async () => {
    await rename(shelf.installer, `${shelf.installer}.away`);
    const response = await shelf.get("/d/acme-paint/north");
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "5"]);
    const page = await shelf.get("/d/acme-paint/north", { accept: "text/html" });
    expect([page.status, await page.text()]).toEqual([503, expect.stringContaining("try again in a minute")]);
    expect(shelf.lines.at(-1)).toContain("server.failed");
    await rename(`${shelf.installer}.away`, shelf.installer);
    expect((await shelf.get("/d/acme-paint/north")).status).toBe(200);
  });
});
