import { describe, expect, it } from "vitest";
import { z } from "zod";
import { describeInvalid } from "./failure.ts";

const body = z.strictObject({
  name: z.string().min(1),
  percent: z.number().max(100, "expected at most 100"),
  since: z.iso.date().optional(),
  kind: z.enum(["reseller", "affiliate"]),
});
const good = { name: "North", percent: 20, kind: "reseller" };

describe("a body that is not valid", () => {
  it.each([
    [{ ...good, name: undefined }, "body.name: expected string; it is missing."],
    [{ ...good, name: 7 }, "body.name: expected string."],
    [{ ...good, percent: 101 }, "body.percent: expected at most 100."],
    [{ ...good, name: "" }, "body.name: expected at least 1 character."],
    [{ ...good, since: "March" }, "body.since: expected a day, such as 2027-03-01."],
    [{ ...good, kind: "friend" }, "body.kind: expected one of reseller, affiliate."],
    [{ ...good, nam: "North" }, "body: has members that are not known here."],
  ])("is told by what was expected: %j", (sent, detail) => {
    const { error } = body.safeParse(sent);
    expect(error && describeInvalid("json", error)).toMatchObject({
      code: "request_invalid",
      message: detail,
    });
  });
});
