import { tokenRefusals } from "@tallystick/sdk/protocol";
import { describe, expect, test } from "vitest";
import { Refusal } from "../words/refusal.ts";
import { problemDocument, problemResponse, problems, refusalResponse } from "./problem.ts";

describe("problem documents", () => {
  test("have the members of RFC 9457 and our code", () => {
    expect(problemDocument("order_unknown", "No order of this id.")).toEqual({
      type: "urn:tallystick:problem:order_unknown",
      title: "No such order",
      status: 404,
      detail: "No order of this id.",
      code: "order_unknown",
    });
  });

  test("are sent with their media type and status, and never cached", async () => {
    const response = problemResponse("body_too_large", "Too large.");
    expect(response.status).toBe(413);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("never give a token's refusal a status that calls for another try", () => {
    for (const code of tokenRefusals) expect(problems[code].status).toBe(422);
  });

  test("tell a refusal's message and not its cause", async () => {
    const refusal = new Refusal("event_invalid", "Not an event.", { cause: new Error("secret") });
    expect(await refusalResponse(refusal).text()).not.toContain("secret");
  });

  test.each([
    ["unauthorized", "www-authenticate", 'Bearer realm="tallystick"'],
    ["busy", "retry-after", "5"],
  ] as const)("give %s its %s", (code, header, value) => {
    expect(refusalResponse(new Refusal(code, "No.")).headers.get(header)).toBe(value);
  });
});
