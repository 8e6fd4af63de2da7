import { describe, expect, it } from "vitest";
import { currentRequest, inRequest, requestIdOf } from "./request-scope.ts";

const trace = "4bf92f3577b34da6a3ce929d0e0e4736";

describe("a request's id", () => {
  it("is the trace's", () => {
    expect(requestIdOf(`00-${trace}-00f067aa0ba902b7-01`)).toBe(trace);
    expect(requestIdOf(`01-${trace}-00f067aa0ba902b7-01-more`)).toBe(trace);
  });

  it.each([
    undefined,
    "",
    "nonsense",
    `00-${"0".repeat(32)}-00f067aa0ba902b7-01`,
    `00-${trace.toUpperCase()}-1-1`,
  ])("is made where there is none: %s", (header) => {
    const made = requestIdOf(header);
    expect(made).toMatch(/^[0-9a-f]{32}$/);
    expect(requestIdOf(header)).not.toBe(made);
  });

  it("stays with the work, whatever it waits for, and with no other", async () => {
    const seen = await Promise.all(
      ["a", "b"].map((id) =>
        inRequest(id, async () => {
          await new Promise((resolve) => setImmediate(resolve));
          return currentRequest();
        }),
      ),
    );
    expect(seen).toEqual(["a", "b"]);
    expect(currentRequest()).toBeUndefined();
  });
});
