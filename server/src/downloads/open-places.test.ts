import { describe, expect, it } from "vitest";
import { createPlaces } from "./open-places.ts";

describe("places for downloads", () => {
  it("are so many to one address and so many in all, and are given back once", () => {
    const take = createPlaces({ inAll: 3, ofOneAddress: 2 });
    const first = take("a");
    take("a");
    expect(() => take("a")).toThrow(expect.objectContaining({ code: "busy" }));
    take("b");
    expect(() => take("c")).toThrow(expect.objectContaining({ code: "busy" }));
    first.leave();
    first.leave();
    take("c");
    expect(() => take("d")).toThrow(expect.objectContaining({ code: "busy" }));
  });
});
