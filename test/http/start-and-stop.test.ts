import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { startReceiver } from "../../server/src/receiver/start/start-receiver.ts";
import { freePort } from "../docs/shell.ts";
import { until } from "../until.ts";
import { keptLog, purchase, signedDelivery, temporaryFolder, testConfig, testEnv } from "./open-app.ts";
import { openConnection, parseAnswer } from "./raw-connection.ts";
import { type ReceiverProcess, startProcess } from "./receiver-process.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let started: ReceiverProcess | undefined;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  started?.child.kill("SIGKILL");
  await started?.ended;
  started = undefined;
  await folder.remove();
});

const start = async (options?: Parameters<typeof startProcess>[1]) => {
  started = await startProcess(folder.folder, options);
  return started;
};

/** A connection whose delivery is under way: its headers were read, and its body is sent but for the last byte. */
async function almostDelivered(port: number) {
  const { body, headers } = signedDelivery(purchase({ order: "drained" }));
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const length = `Content-Length: ${Buffer.byteLength(body)}`;
  const connection = await openConnection(port);
  connection.send(
    ["POST /webhooks/own HTTP/1.1", "Host: a", ...fields, length, "Expect: 100-continue", "", ""].join(
      "\r\n",
    ),
  );
  await connection.hears(/100 Continue\r\n\r\n$/);
  connection.send(body.slice(0, -1));
  /** What came after the invitation to send the body, once the connection is closed. */
  const answer = async () => (await connection.closed()).heard.split("100 Continue\r\n\r\n")[1] ?? "";
  return { answer, finish: () => connection.send(body.slice(-1)) };
}

/** From now on a deadline of the receiver in this process comes when the test moves the clock. */
function stopTimers() {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
}

describe("starting", () => {
  test("says where it listens, with the real port", async () => {
    const line = await (await start()).hears("server.listening");
    expect(line).toMatchObject({ level: "info", host: "127.0.0.1", port: expect.any(Number) });
    expect(line.url).toBe(`http://127.0.0.1:${line.port}`);
    expect((await fetch(`${line.url}/readyz`)).status).toBe(200);
  });

  test("on a port in use fails with one sentence and exit code 1", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.on("listening", resolve));
    const { port } = other.address() as { port: number };
    const { code, errors } = await (await start({ listen: { host: "127.0.0.1", port } })).ended;
    other.close();
    expect(code).toBe(1);
    const [said, ...more] = errors
      .trim()
      .split("\n")
      .filter((line) => !line.startsWith("Made the first"));
    expect(said).toContain(`Port ${port} on 127.0.0.1 is in use already`);
    expect(more).toEqual([]);
  });

  test("on an address of another machine fails with one sentence", async () => {
    const { code, errors } = await (await start({ listen: { host: "192.0.2.1", port: 0 } })).ended;
    expect([code, errors]).toEqual([1, expect.stringContaining("192.0.2.1 is no address of this machine")]);
  });

  test("without a secret fails before anything is opened, with exit code 2", async () => {
    const env = { ...testEnv, OWN_SHOP_SECRET: "" };
    const { code, errors } = await (await start({ env })).ended;
    expect([code, errors]).toEqual([2, expect.stringContaining("OWN_SHOP_SECRET")]);
  });
});

describe("stopping", () => {
  test.each(["SIGTERM", "SIGINT"] as const)("on %s exits 0 and says so", async (signal) => {
    const { child, hears, ended, lines } = await start();
    await hears("server.listening");
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 0, signal: null });
    expect(lines().at(-1)).toMatchObject({ event: "server.stopping", signal });
  });

  test("finishes what is under way, closes what rests, and takes nothing new", async () => {
    const { child, hears, ended } = await start();
    const port = Number((await hears("server.listening")).port);
    const resting = await openConnection(port);
    resting.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    await resting.hears(/"ok"/);
    const fresh = await openConnection(port);
    const { answer, finish } = await almostDelivered(port);
    child.kill("SIGTERM");
    await hears("server.stopping");
    await Promise.all([resting.closed(), fresh.closed()]);
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
    finish();
    const heard = await answer();
    expect(parseAnswer(heard)).toMatchObject({ status: 200, body: '{"status":"recorded"}' });
    expect(parseAnswer(heard).headers.get("connection")).toBe("close");
    expect(await ended).toMatchObject({ code: 0 });
  });

  test("does not wait for the deadline when all is finished", async () => {
    const { log } = await keptLog();
    const receiver = await startReceiver({ config: testConfig(folder.folder), env: testEnv, log });
    const { answer, finish } = await almostDelivered(receiver.port);
    stopTimers();
    const stopping = receiver.stop(300);
    finish();
    expect(parseAnswer(await answer())).toMatchObject({ status: 200, body: '{"status":"recorded"}' });
    await stopping;
  });

  test("takes a signal that npm or a control group doubles for one", async () => {
    const { child, hears, ended, lines } = await start();
    await hears("server.listening");
    // Both are there when it goes on, so it hears the second within a second, however slow it is.
    child.kill("SIGSTOP");
    child.kill("SIGINT");
    child.kill("SIGTERM");
    child.kill("SIGCONT");
    expect(await ended).toMatchObject({ code: 0, signal: null });
    expect(lines().filter(({ event }) => event === "server.stopping")).toHaveLength(1);
  });

  test("ends at once on a later signal", async () => {
    const { child, hears, ended } = await start();
    await almostDelivered(Number((await hears("server.listening")).port));
    child.kill("SIGTERM");
    await hears("server.stopping");
    const impatience = setInterval(() => child.kill("SIGTERM"), 50);
    expect(await ended).toMatchObject({ code: 143 });
    clearInterval(impatience);
  });

  test("says at once that it is not ready, and serves on while it drains", async () => {
    const { child, hears } = await start({ drainSeconds: 300 });
    const { url } = await hears("server.listening");
    child.kill("SIGTERM");
    await hears("server.stopping");
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test("serves no more once it has drained", async () => {
    const { child, hears, ended } = await start({ drainSeconds: 1 });
    const { url } = await hears("server.listening");
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0 });
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  test("cuts what is not finished at the deadline, and is idempotent", async () => {
    const { log } = await keptLog();
    const receiver = await startReceiver({ config: testConfig(folder.folder), env: testEnv, log });
    const { answer } = await almostDelivered(receiver.port);
    stopTimers();
    const stopping = Promise.all([receiver.stop(300), receiver.stop(300)]);
    await vi.advanceTimersByTimeAsync(300);
    await stopping;
    expect(await answer()).toBe("");
  });

  test("says not ready to a request on a connection that was busy", async () => {
    const { log } = await keptLog();
    const receiver = await startReceiver({ config: testConfig(folder.folder), env: testEnv, log });
    const connection = await openConnection(receiver.port);
    // In one piece with a whole request, so that its beginning was read when that is answered.
    connection.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /readyz HTTP/1.1\r\nHost: a\r\n");
    const first = await connection.hears(/"ok"/);
    stopTimers();
    const stopping = receiver.stop(2000);
    connection.send("\r\n");
    const { heard } = await connection.closed();
    expect(parseAnswer(heard.slice(first.length))).toMatchObject({ status: 503 });
    await stopping;
  });
});

describe("a configuration that is read anew", () => {
  test("on SIGHUP takes over in the same process, and one that cannot be used changes nothing", async () => {
    const { child, hears, ended, lines } = await start();
    const port = Number((await hears("server.listening")).port);
    const underWay = await almostDelivered(port);
    const file = join(folder.folder, "tallystick.config.json");
    const content = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, "{");
    child.kill("SIGHUP");
    expect((await hears("server.warning")).detail).toContain("The configuration was not taken: ");
    const clicked = () =>
      fetch(`http://127.0.0.1:${port}/r/acme-brush`, { redirect: "manual" }).then(({ status }) => status);
    expect(await clicked()).toBe(404);
    const [paint] = content.products;
    content.listen.port = port;
    content.products.push({ ...paint, id: "acme-brush", name: "Acme Brush" });
    writeFileSync(file, JSON.stringify(content));
    child.kill("SIGHUP");
    await until(() => lines().filter(({ event }) => event === "server.listening").length === 2);
    expect(await clicked()).toBe(302);
    // What had begun before ends where it began.
    underWay.finish();
    expect(parseAnswer(await underWay.answer()).status).toBe(200);
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0, signal: null });
  });
});

describe("a mistake that nothing catches", () => {
  test("is logged whole and ends the process with exit code 1", async () => {
    const { child, hears, ended } = await start({ module: "test/http/serve-and-throw.ts" });
    await hears("server.listening");
    child.kill("SIGUSR2");
    expect(await ended).toMatchObject({ code: 1 });
    expect(JSON.stringify(await hears("server.failed"))).toContain("a mistake that nothing catches");
  });
});

describe("the figures' own address", () => {
  test("has them, and the public one has them no more", async () => {
    const { log } = await keptLog();
    const config = { ...testConfig(folder.folder), metricsListen: { host: "127.0.0.1", port: 0 } };
    const receiver = await startReceiver({ config, env: testEnv, log });
    expect(await (await fetch(String(receiver.metricsUrl))).text()).toContain("tallystick_build_info");
    expect((await fetch(`${receiver.url}/metrics`)).status).toBe(404);
    expect((await fetch(new URL("/readyz", receiver.metricsUrl))).status).toBe(404);
    await receiver.stop();
    await expect(fetch(String(receiver.metricsUrl))).rejects.toThrow();
  });

  test("that another has keeps the receiver from starting, and nothing of it goes on", async () => {
    const { log } = await keptLog();
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.on("listening", resolve));
    const taken = { host: "127.0.0.1", port: (other.address() as { port: number }).port };
    const usual = testConfig(folder.folder);
    const listen = { ...usual.listen, port: await freePort() };
    const config = { ...usual, listen, metricsListen: taken };
    await expect(startReceiver({ config, env: testEnv, log })).rejects.toThrow("in use already");
    other.close();
    await expect(fetch(`http://127.0.0.1:${listen.port}/healthz`)).rejects.toThrow();
  });
});

describe("a request's id", () => {
  test("stands in every line about it, from the caller's trace or made here", async () => {
    const { log, events } = await keptLog();
    const receiver = await startReceiver({ config: testConfig(folder.folder), env: testEnv, log });
    const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    const { body, headers } = signedDelivery(purchase({ order: "traced" }));
    const traceparent = `00-${trace}-00f067aa0ba902b7-01`;
    const sent = { method: "POST", body, headers: { ...headers, traceparent } };
    expect((await fetch(`${receiver.url}/webhooks/own`, sent)).status).toBe(200);
    await fetch(`${receiver.url}/r/acme-paint`, { redirect: "manual" });
    expect(events("order.unattributed")).toMatchObject([{ request: trace }]);
    expect(events("click.rejected")).toMatchObject([{ request: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
    expect(events("server.listening")[0]).not.toHaveProperty("request");
    await receiver.stop();
  });
});
