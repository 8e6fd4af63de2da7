import { fetch, MockAgent } from "undici";
import { describe, expect, it } from "vitest";
import { isForbiddenPort } from "./forbidden-ports.ts";
import { addressProblem } from "./send-request.ts";

describe("forbidden ports", () => {
  it("are those that undici's fetch refuses, and no others", async () => {
    const dispatcher = new MockAgent();
    dispatcher.disableNetConnect();
    const ports = Array.from({ length: 10_999 }, (_, index) => index + 1);
    // Those below 1100, and around each that is forbidden.
    const asked = ports.filter(
      (port) => port < 1_100 || [port - 1, port, port + 1].map(String).some(isForbiddenPort),
    );
    const refused: number[] = [];
    for (const port of asked) {
      const error = await fetch(`http://127.0.0.1:${port}/`, { dispatcher }).catch((reason: Error) => reason);
      if (error instanceof Error && String(error.cause).includes("bad port")) refused.push(port);
    }
    expect(refused).toEqual(asked.filter((port) => isForbiddenPort(String(port))));
  });

  it("are refused when an address is set, and 443 is none", () => {
    expect(addressProblem("https://hooks.example:6000/x")).toMatch(/another port/);
    expect(addressProblem("https://hooks.example:443/x")).toBeUndefined();
    expect(addressProblem("https://hooks.example:8443/x")).toBeUndefined();
  });
});
