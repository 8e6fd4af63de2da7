import { execFile } from "node:child_process";
import { promisify, stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { pino, stdTimeFunctions } from "pino";
import { describe, expect, it } from "vitest";
import type { LogFields } from "../words/log.ts";
import { createLog } from "./log-writer.ts";

const token = "eyJhbGciOiJFZDI1NTE5In0.eyJpc3MiOiJodHRwczovL3IifQ.c2lnbmF0dXJl";

async function linesOf(write: (log: Awaited<ReturnType<typeof createLog>>) => void) {
  const lines: string[] = [];
  write(await createLog({ destination: { write: (line) => lines.push(line) } }));
  return lines;
}

async function lineWith(fields: LogFields, cause?: unknown): Promise<string> {
  const [line] = await linesOf((log) => log.warn("click.rejected", fields, cause));
  return line ?? "";
}

const untimed = (line: string) => line.replace(/"time":"[^"]*"/, '"time":""');

describe("the log", () => {
  it("writes one JSON object a line: time, level as a word, event and fields", async () => {
    const [line, ...more] = await linesOf((log) =>
      log.info("order.credited", { shop: "own", amountMinor: 350 }),
    );
    expect(more).toEqual([]);
    expect(line?.endsWith("}\n")).toBe(true);
    expect(JSON.parse(line ?? "")).toEqual({
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      event: "order.credited",
      shop: "own",
      amountMinor: 350,
    });
  });

  it("writes lines for a person where a terminal asks for them", async () => {
    const module = JSON.stringify(new URL("./log-writer.ts", import.meta.url).href);
    const program = `const { createLog } = await import(${module});
const log = await createLog({ destination: 1, pretty: true });
log.info("order.credited", { shop: "own", amountMinor: 350, token: "eyJ.a.b" });
log.flush();`;
    const node = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program]);
    const lines = stripVTControlCharacters((await node).stdout)
      .trimEnd()
      .split("\n");
    expect(lines).toEqual([
      expect.stringMatching(
        /^\[\d\d:\d\d:\d\d\] INFO: order\.credited \{"shop":"own","amountMinor":350,"withheld":\["token"\]\}$/,
      ),
    ]);
  });

  it("writes what pino would write, to the byte", async () => {
    const value = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }).map((text) => text.replaceAll(/[@%_?]|eyJ/g, "")),
      fc.double(),
      fc.boolean(),
      fc.constantFrom(null, undefined),
    );
    const line = fc.record({ detail: value, amountMinor: value, order: value }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(line, fc.constantFrom("info", "warn", "error"), async (fields, level) => {
        const theirs: string[] = [];
        const options = {
          base: null,
          timestamp: stdTimeFunctions.isoTime,
          formatters: { level: (word: string) => ({ level: word }) },
        };
        pino(options, { write: (text) => theirs.push(text) })[level]({ event: "server.failed", ...fields });
        const ours = await linesOf((log) => log[level]("server.failed", fields));
        expect(ours.map(untimed)).toEqual(theirs.map(untimed));
      }),
    );
  });

  it.each(["token", "licence", "license", "serial", "email", "secret", "authorization", "query", "body"])(
    "never writes a field named %s, only that it was withheld",
    async (name) => {
      const line = await lineWith({ [name]: "AAAA-BBBB", reason: "token_malformed" });
      expect(line).not.toContain("AAAA-BBBB");
      expect(JSON.parse(line)).toMatchObject({ reason: "token_malformed", withheld: [name] });
    },
  );

  it.each([
    [`bad ${token} here`, "bad [token] here"],
    [token.slice(0, 40), "[token]"],
    ["no mailbox ann@acme.example known", "no mailbox [address] known"],
    ["/r/paint?e=ann%40acme.example", "/r/paint?e=[address]"],
    ["key whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw used", "key [secret] used"],
    ["to https://acme.example/r/paint?l=AAAA-BBBB sent", "to https://acme.example/r/paint?[query] sent"],
    ["cs_test_123", "cs_test_123"],
  ])("writes %j in a field as %j", async (value, written) => {
    expect(JSON.parse(await lineWith({ detail: value }))).toMatchObject({ detail: written });
  });

  it("writes an error's words and its causes', without what a driver hung on it", async () => {
    const driver = Object.assign(new Error("duplicate ann@acme.example"), {
      code: "23505",
      row: "AAAA-BBBB",
    });
    const line = await lineWith({}, new Error(`cannot store ${token}`, { cause: driver }));
    expect(line).not.toMatch(/ann@acme|AAAA-BBBB|eyJhbGci/);
    expect(JSON.parse(line).error).toMatchObject({
      name: "Error",
      message: "cannot store [token]",
      cause: { code: "23505", message: "duplicate [address]" },
    });
  });
});
