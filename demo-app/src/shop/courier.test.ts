import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createCourier } from "./courier.ts";

let server: Server;
let answers: number[] = [];
let seen: { body: string; signature: string | undefined }[] = [];
let address = "";

beforeEach(async () => {
  answers = [];
  seen = [];
  server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    seen.push({ body, signature: request.headers["x-signature"]?.toString() });
    response.writeHead(answers.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

let signatures = 0;
const courierTo = (to: string, waitsMs = [5, 5, 5]) =>
  createCourier({ address: to, sign: () => ({ "x-signature": `${++signatures}` }), waitsMs });
const message = { id: "evt_1", type: "paid", order: "cs_1", text: '{"a":1}' };

describe("the store's courier", () => {
  test("delivers the exact text once when it is taken", async () => {
    const delivery = courierTo(address).send(message);
    await expect.poll(() => delivery.state).toBe("delivered");
    expect(seen.map(({ body }) => body)).toEqual([message.text]);
    expect(delivery.attempts.map(({ outcome }) => outcome)).toEqual([200]);
  });

  test("tries again after anything but 2xx, signed anew", async () => {
    answers = [503, 401, 302, 200];
    const delivery = courierTo(address).send(message);
    await expect.poll(() => delivery.state).toBe("delivered");
    expect(delivery.attempts.map(({ outcome }) => outcome)).toEqual([503, 401, 302, 200]);
    expect(new Set(seen.map(({ signature }) => signature)).size).toBe(4);
  });

  test("gives up after its last wait, and takes up again when told", async () => {
    answers = [500, 500];
    const courier = courierTo(address, [5]);
    const delivery = courier.send(message);
    await expect.poll(() => delivery.state).toBe("given_up");
    courier.sendAgain(message.id);
    await expect.poll(() => delivery.state).toBe("delivered");
    expect(courier.deliveriesOf("cs_1")).toEqual([delivery]);
    expect(courier.deliveriesOf("cs_2")).toEqual([]);
  });

  test("says in words that nobody is listening, and stops when it is told", async () => {
    const courier = courierTo("http://127.0.0.1:9/", [60_000]);
    const delivery = courier.send(message);
    await expect.poll(() => delivery.attempts.length).toBe(1);
    expect(delivery.attempts[0]?.outcome).toBeTypeOf("string");
    expect(delivery.nextAttemptAt).toBeInstanceOf(Date);
    courier.stop();
    courier.sendAgain(message.id);
    expect(delivery.attempts.length).toBe(1);
  });
});
