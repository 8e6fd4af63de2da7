import { fetch, MockAgent } from "undici";
import { describe, expect, it } from "vitest";
import { isForbiddenPort } from "./forbidden-ports.ts";
import { addressProblem } from "./send-request.ts";

describe("forbidden ports", () => {
  it("are those that undici's fetch refuses, and no others", { timeout: 120_000 }, async () => {
    const dispatcher = new MockAgent();
    dispatcher.disableNetConnect();
    const refused: number[] = [];
    for (let port = 1; port < 11_000; port++) {
      const error = await fetch(`http://127.0.0.1:${port}/`, { dispatcher }).catch((reason: Error) => reason);
      if (error instanceof Error && String(error.cause).includes("bad port")) refused.push(port);
    }
    const ports = Array.from({ length: 10_999 }, (_, index) => index + 1);
    expect(refused).toEqual(ports.filter((port) => isForbiddenPort(String(port))));
  });

  it("are refused when an address is set, and 443 is none", () => {
    expect(addressProblem("https://hooks.example:6000/x")).toMatch(/another port/);
    expect(addressProblem("https://hooks.example:443/x")).toBeUndefined();
    expect(addressProblem("https://hooks.example:8443/x")).toBeUndefined();
  });
});
