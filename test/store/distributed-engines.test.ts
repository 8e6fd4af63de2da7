import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const sources = join(root, "server/src");

/**
 * What PostgreSQL has and engines that speak its language on many machines refuse or do otherwise (CockroachDB, YugabyteDB,
 * Aurora DSQL: their own pages on compatibility). `named` is how docs/performance.md lists it.
 */
const refused: readonly { named: string; pattern: RegExp; like: string }[] = [
  {
    named: "`listen`, `notify`",
    pattern: /\bpg_notify\b|["'`]\s*(un)?listen [a-z_"]|["'`]\s*notify [a-z_"]/i,
    like: 'query("listen orders")',
  },
  {
    named: "advisory locks",
    pattern: /\bpg_(try_)?advisory_\w+/i,
    like: "select pg_advisory_xact_lock(1)",
  },
  {
    named: "`lock table`",
    pattern: /["'`;]\s*lock (table|[a-z_]+ in)\b/i,
    like: '"lock table orders in share mode"',
  },
  {
    named: "temporary and unlogged tables",
    pattern: /create (local |global )?(temp|temporary|unlogged) table/i,
    like: "create temp table ids (id text)",
  },
  {
    named: "cursors",
    pattern: /declare \w+ (no scroll |scroll )?cursor\b|\bpg-cursor\b/i,
    like: "declare rows cursor for select 1",
  },
  { named: "`do` blocks", pattern: /["'`]\s*do \$/i, like: '"do $$ begin end $$"' },
  {
    named: "row addresses (`ctid`, `xmin`)",
    pattern: /\b(ctid|cmin|xmax|tableoid)\b|\.xmin\b/,
    like: "where ctid = $1",
  },
  { named: "constraints checked late", pattern: /\bdeferrable\b|set constraints/i, like: "deferrable" },
  { named: "`exclude` constraints", pattern: /\bexclude using\b/i, like: "exclude using gist (a with &&)" },
  {
    named: "extensions",
    pattern: /create extension|\b(uuid_generate_v\d|crypt|similarity)\s*\(\$/i,
    like: "create extension pgcrypto",
  },
  {
    named: "table inheritance, `partition by` within a statement of ours",
    pattern: /\binherits \(|partition by (range|list|hash) \(/i,
    like: "partition by range (booked_at)",
  },
  {
    named: "rules, views that are kept",
    pattern: /create (or replace )?rule|materialized view/i,
    like: "create materialized view sums",
  },
  {
    named: "`copy`",
    pattern: /["'`]\s*copy [a-z_"(]+ (from|to)\b|pg-copy-streams/i,
    like: '"copy orders from stdin"',
  },
  {
    named: "`truncate`, `vacuum`, `cluster`",
    pattern: /["'`;]\s*(truncate (table )?[a-z_"]+["'`; ]|vacuum (full|analyze)|cluster [a-z_]+ using)/i,
    like: '"truncate orders"',
  },
];

/** What the tables' guards are made of; an engine without them runs only what stands in docs/performance.md. */
const ofGuards: readonly { named: string; pattern: RegExp }[] = [
  { named: "triggers", pattern: /create (or replace )?trigger/i },
  { named: "`for each statement`", pattern: /for each statement/i },
  { named: "`enable always`", pattern: /enable always/i },
  { named: "`language plpgsql`", pattern: /language plpgsql/i },
];

/** Its own words for one engine: SQLite's files. */
const ofSqlite = /\/store\/(sqlite[\w-]*|copy-sqlite|checkpointer|group-commit|snapshot-reads)\.ts$/;

const files = readdirSync(sources, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => !ofSqlite.test(path) && !path.includes("/messages/"))
  .map((path) => ({
    path: relative(root, path),
    // Comments may name what is avoided.
    text: readFileSync(path, "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ""),
  }));

const where = (pattern: RegExp, among = files) =>
  among.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
const page = readFileSync(join(root, "docs/performance.md"), "utf8");

describe("statements that distributed engines refuse", () => {
  it.each(refused)("are not asked: $named", ({ pattern }) => expect(where(pattern)).toEqual([]));

  it.each(refused)("would be found: $like", ({ pattern, like }) => expect(like).toMatch(pattern));

  it.each(ofGuards)("stand in migrations alone: $named", ({ pattern }) => {
    const found = where(pattern);
    expect(found).not.toEqual([]);
    expect(found.filter((path) => !path.startsWith("server/src/store/migrations/"))).toEqual([]);
  });

  it("are listed in docs/performance.md", () => {
    const missing = [...refused, ...ofGuards].filter(({ named }) => !page.includes(named));
    expect(missing.map(({ named }) => named)).toEqual([]);
  });
});
