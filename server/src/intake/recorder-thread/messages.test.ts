import { describe, expect, it } from "vitest";
import { Refusal } from "../../words/refusal.ts";
import { errorOf, failureOf, read, written } from "./messages.ts";

const sent = (error: unknown) => errorOf(read(written(failureOf(error))));

describe("an error on its way between threads", () => {
  it("is a refusal with its code again", () => {
    const refusal = sent(new Refusal("busy", "the database is being written by another process"));
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({
      code: "busy",
      message: "the database is being written by another process",
    });
  });

  it("keeps name, code and stack", () => {
    const error = Object.assign(new TypeError("no such table"), { code: "ERR_SQLITE_ERROR" });
    expect(sent(error)).toMatchObject({ name: "TypeError", code: "ERR_SQLITE_ERROR", stack: error.stack });
  });

  it("is an error even where something else was thrown", () => {
    expect(sent("words")).toMatchObject({ name: "Error", message: "words" });
    expect(sent(undefined)).toBeInstanceOf(Error);
  });
});
