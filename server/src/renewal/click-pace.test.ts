import { describe, expect, it } from "vitest";
import { as } from "../words/ids.ts";
import { isSharedReference } from "../words/shared-reference.ts";
import { createClickPace } from "./click-pace.ts";

describe("the references of clicks", () => {
  it("are one for each click up to so many an hour, then one for all, and for each token by itself", () => {
    const pace = createClickPace(2);
    let made = 0;
    const fresh = () => as.reference(`r${++made}`);
    const click = (jti: string, at: number) => pace.next(as.token(jti), at, fresh);
    expect([click("a", 0), click("a", 1)].map(({ isNew }) => isNew)).toEqual([true, true]);
    const shared = click("a", 2);
    expect(shared).toEqual({ reference: "over-r3", isNew: true });
    expect(isSharedReference(shared.reference)).toBe(true);
    for (let index = 0; index < 1000; index++)
      expect(click("a", 3)).toEqual({ reference: "over-r3", isNew: false });
    expect(click("b", 4)).toEqual({ reference: "r4", isNew: true });
    expect(click("a", 3_600_000)).toEqual({ reference: "r5", isNew: true });
  });
});
