import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { evidenceKinds, evidenceRoutes } from "../../attribution/evidence.ts";
import {
  holdReasons,
  lostReasons,
  refusedReasons,
  rightReasons,
  ruleReasons,
  unattributedReasons,
} from "../../attribution/reasons.ts";
import { reasonWords } from "./reason-words.ts";

const guide = readFileSync(new URL("../../../../docs/evidence.md", import.meta.url), "utf8");
const reasons = new Set([
  ...evidenceRoutes,
  ...rightReasons,
  ...ruleReasons,
  ...holdReasons,
  ...refusedReasons,
  ...unattributedReasons,
  ...lostReasons,
]);

describe("the reasons of a decision", () => {
  it.each([...reasons])("%s is told in words of its own, and explained in the guide", (reason) => {
    expect(reasonWords(reason)).not.toBe(reason.replaceAll("_", " "));
    expect([...reasons].filter((other) => reasonWords(other) === reasonWords(reason))).toEqual([reason]);
    expect(guide).toMatch(new RegExp(`^\\| \`${reason}\` \\|`, "m"));
  });

  it("are no others in the guide, which ranks them as the decision does", () => {
    const listed = [...guide.matchAll(/^\| `(\w+)` \| .* (\d+) \|$/gm)].map(([, reason, rank]) => [
      reason,
      Number(rank),
    ]);
    expect(listed).toEqual(unattributedReasons.map((reason, index) => [reason, index + 1]));
    const named = [...guide.slice(guide.indexOf("## Reasons")).matchAll(/^\| `(\w+)` \|/gm)].map(
      ([, name]) => name,
    );
    expect(new Set(named)).toEqual(reasons);
    for (const kind of evidenceKinds) expect(guide).toContain(`| \`${kind}\` |`);
  });

  it("stand for themselves when a later version made them", () => {
    expect(reasonWords("some_new_reason")).toBe("some new reason");
  });
});
