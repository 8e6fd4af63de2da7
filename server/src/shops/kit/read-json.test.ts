import { describe, expect, it, onTestFinished, vi } from "vitest";
import { z } from "zod";
import { maxDepth, readJson, readPayload } from "./read-json.ts";

const bytes = (text: string) => Buffer.from(text);
const nested = (depth: number) => bytes("[".repeat(depth) + "]".repeat(depth));

describe("a body", () => {
  it("is read as JSON.parse reads it", () => {
    expect(readJson(bytes('{"a":["\u00fc\\"[",{}]}'))).toEqual({
      outcome: "value",
      value: { a: ['\u00fc"[', {}] },
    });
  });

  it.each([
    ["Latin-1", Buffer.from([0x22, 0xfc, 0x22]), "body_not_utf8"],
    ["an overlong slash", Buffer.from([0x22, 0xc0, 0xaf, 0x22]), "body_not_utf8"],
    ["half a surrogate pair", Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), "body_not_utf8"],
    ["a character cut short", Buffer.from([0x22, 0xe2, 0x82]), "body_not_utf8"],
    ["UTF-16", Buffer.from('{"a":1}', "utf16le"), "body_not_json"],
    ["a byte order mark", bytes("\ufeff{}"), "body_not_json"],
    ["nothing", bytes(""), "body_not_json"],
    ["half an object", bytes('{"a":'), "body_not_json"],
    ["an open text", bytes('"\\'), "body_not_json"],
    ["two values", bytes("{}{}"), "body_not_json"],
    ["NaN", bytes('{"a":NaN}'), "body_not_json"],
  ])("of %s is refused", (_, body, because) => {
    expect(readJson(body)).toEqual({ outcome: "refused", because });
  });

  it("may have any number of objects and arrays beside each other", () => {
    const value = Array.from({ length: 500 }, () => [{}]);
    expect(readJson(bytes(JSON.stringify(value)))).toEqual({ outcome: "value", value });
  });

  it("may be nested as deep as the limit, and no deeper", () => {
    expect(readJson(nested(maxDepth))).toMatchObject({ outcome: "value" });
    expect(readJson(nested(maxDepth + 1))).toEqual({ outcome: "refused", because: "body_too_deep" });
    expect(readJson(bytes(`${'{"a":'.repeat(65)}1${"}".repeat(65)}`))).toMatchObject({
      because: "body_too_deep",
    });
  });

  it("counts no brackets that stand in texts", () => {
    expect(readJson(bytes(JSON.stringify(`\\"${"[{".repeat(200)}`)))).toMatchObject({ outcome: "value" });
  });

  it("of a million brackets is refused before anything parses it", () => {
    const parse = vi.spyOn(JSON, "parse");
    onTestFinished(() => parse.mockRestore());
    expect(readJson(Buffer.alloc(1_000_000, "["))).toMatchObject({ because: "body_too_deep" });
    expect(parse).not.toHaveBeenCalled();
  });

  it("cannot change the prototype of anything", () => {
    const reading = readJson(
      bytes('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    );
    expect(reading).toMatchObject({ outcome: "value" });
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    const value = reading.outcome === "value" ? reading.value : undefined;
    expect(readPayload(z.object({ polluted: z.boolean().optional() }), value)).toEqual({
      outcome: "value",
      value: {},
    });
    expect(readPayload(z.strictObject({}), value)).toMatchObject({ because: "event_malformed" });
  });
});

describe("a refused payload", () => {
  const schema = z.strictObject({ email: z.string().max(3), list: z.array(z.int()) });

  it("is described by the places of its faults, never by what stands there", () => {
    const reading = readPayload(schema, { email: "buyer@example.com", list: [1, "secret"] });
    expect(reading).toMatchObject({ detail: "email: too_big; list.1: invalid_type" });
  });

  it("names unknown members where their names are harmless", () => {
    const reading = readPayload(schema, { email: "a", list: [], extra: 1, "buyer@example.com": 1 });
    expect(reading).toMatchObject({ detail: "body: unknown extra, (unprintable)" });
  });

  it("is described shortly however much is wrong", () => {
    const reading = readPayload(schema, { email: "a", list: Array(1000).fill("x") });
    expect(reading).toMatchObject({ detail: expect.stringMatching(/^.{1,200}$/) });
  });
});
