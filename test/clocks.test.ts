import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

interface Clock {
  what: string;
  pattern: RegExp;
  /** Lines that are to be found. */
  like: string[];
  /** Whether vitest's timers may take the place of the machine's, which a test then moves itself. */
  canBeMoved?: true;
}

/**
 * Ways to make a test pass or fail by how fast a machine is. A text search cannot see all of them: it finds those that
 * were here once.
 */
const clocks: readonly Clock[] = [
  {
    what: "measures time, which is the bench's work",
    pattern:
      /\bperformance\s*\.\s*now|\bhrtime\b|console\.time\b|Date\.now\(\)\s*-\s*[a-z_]|[<>]=?\s*Date\.now\(\)/i,
    like: ["expect(performance.now() - begun)", "Date.now() - begun", "if (deadline > Date.now())"],
  },
  {
    what: "waits for a while rather than for what happens: see test/until.ts",
    canBeMoved: true,
    pattern:
      /\bsetTimeout\s*\(|\bsetInterval\s*\(|\bsetTimeout\b.*timers\/promises|\bAtomics\.wait\s*\(|\bsleep \d/,
    like: [
      "await new Promise((resolve) => setTimeout(resolve, 100));",
      'import { setTimeout as sleep } from "node:timers/promises";',
    ],
  },
  {
    what: "waits with vitest's deadline of a second: expect.poll has minutes here",
    pattern: /\bvi\.wait(For|Until)\(/,
    like: ["await vi.waitFor(async () => {", "await vi.waitUntil(() => seen)"],
  },
  {
    what: "has a deadline of its own of less than five minutes: vitest.config.ts has one for all",
    pattern:
      /\b(timeout|withinMs|setDefaultTimeout|AbortSignal\.timeout)(: ?|\()([12]?\d?\d_?)?\d{1,3}\b(?!_)|vi\.setConfig\(|^\s*\}, [\d_]+\);$|^\s*[\d_]{5,},\n\s*\);$|\{ timeout(: [\d_]+)? \}, (async )?\(/m,
    like: [
      "expect.poll(ask, { timeout: 5_000 })",
      "expect.poll(ask, { timeout: 120_000 })",
      "{ timeout: 299_999 }",
      "context.setDefaultTimeout(15_000)",
      "AbortSignal.timeout(5000)",
      "vi.setConfig({ testTimeout: 600_000 });",
      "  }, 60_000);",
      'it("ends", { timeout: 120_000 }, async () => {',
    ],
  },
];

/** What looks like one of these and is none, and why. */
const excepted: Record<string, string> = {
  "test/until.ts": "looks again and again for what another process comes to",
  "test/clocks.test.ts": "names them",
  "test/faults/customers.ts": "tries again as a shop and a customer do, until there is an answer",
  "test/faults/kill-story.ts": "kills at a moment that is drawn by lot",
  "test/faults/outbox-worker.ts": "stays until it is killed",
};

const ofTests = /\.test\.ts$|\/testing\/|^test\//;
const notRun = /(^|\/)(node_modules|dist|var)\/|^test\/(bench|containers)\//;

const files = ["sdk", "server", "demo-app", "test"]
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.[cm]?ts$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
  .filter((path) => ofTests.test(path) && !notRun.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

const movesTimers = (text: string) => /vi\.useFakeTimers\(/.test(text);

describe("the tests and their support", () => {
  it.each(clocks)("have nothing that $what", ({ pattern, canBeMoved }) => {
    const found = files
      .filter(
        ({ path, text }) => !(path in excepted) && !(canBeMoved && movesTimers(text)) && pattern.test(text),
      )
      .map(({ path, text }) => `${path}: ${pattern.exec(text)?.[0].trim()}`);
    expect(found).toEqual([]);
  });

  it.each(clocks.flatMap(({ pattern, like }) => like.map((line) => ({ pattern, line }))))(
    "would be found with `$line`",
    ({ pattern, line }) => expect(line).toMatch(pattern),
  );

  it("have no exception that is none any more", () => {
    const needless = Object.keys(excepted).filter((path) => {
      const text = files.find((file) => file.path === path)?.text ?? "";
      return !clocks.some(({ pattern }) => pattern.test(text));
    });
    expect(needless).toEqual([]);
  });
});
