import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { reservePort } from "./reserve-port.ts";

const fileOf = (port: number) => join(tmpdir(), `tallystick-demo-${port}.port`);

it("gives no port to two demos, though nobody listens on it yet", async () => {
  const first = await reservePort(0);
  const others = await Promise.all([reservePort(first.port), reservePort(first.port)]);
  expect(new Set([first, ...others].map(({ port }) => port)).size).toBe(3);
  for (const { release } of others) release();
  first.release();
  const again = await reservePort(first.port);
  expect(again.port).toBe(first.port);
  again.release();
});

it("passes over a port that somebody listens on", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const reserved = await reservePort(port);
  expect(reserved.port).not.toBe(port);
  reserved.release();
  server.close();
});

it("takes a port over from a demo that has ended without a word", async () => {
  const { port, release } = await reservePort(0);
  release();
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  writeFileSync(fileOf(port), String(pid));
  const again = await reservePort(port);
  expect(again.port).toBe(port);
  again.release();
});
