import { globSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { expect, it, vi } from "vitest";
import { benchOf } from "../postgres/on-every-engine.ts";

/** Tables that grow with every sale, click, registration or message: nothing that runs by itself walks through them. */
const growing = [
  "orders",
  "order_links",
  "events",
  "decisions",
  "transfers",
  "clicks",
  "registrations",
  "registration_conflicts",
  "tokens",
  "serial_activations",
  "licence_spellings",
  "subscription_names",
  "statement_lines",
  "outbox",
  "mails",
  "notices",
  "audit_entries",
  "earnings",
  "partner_orders",
  "email_orders",
];

/** Those that are meant to: a person asked for the whole, once. Each by how its text begins. */
const walks: readonly [text: RegExp, why: string][] = [
  [
    /^update "?(orders|clicks|licence_spellings|serial_activations)"? set "?\w+_hash"? = /,
    "a new pepper, or erasing a person",
  ],
  [/^update orders set "email_\w+_hash" = named\.new/, "a new pepper"],
  [/^(insert into|delete from) former_hashes/, "a new pepper"],
  [/^select 'registrations' as "table"/, "what is kept of a person"],
  [/^select 'mails' as "table"/, "what is kept of a person"],
  [/^delete from "(mails|licence_spellings)" where/, "erasing a person"],
  [/^select licence_hash from serial_activations/, "what is kept of a person"],
  [/^select "event_id", "shop", "object_id", .* from "events"\s+where 1 = 1/s, "the check of the books"],
  [/^select "reference", "product", .* from "clicks"\s+where exists/s, "the check of the books"],
  [/^select "reference", "product", .* from "clicks"\s+where 1 = 1/s, "the check of the books"],
  [/^select number from statements\s+where closed_at >= /, "the check of the books"],
  [/^select events\.shop, events\.event_id, events\.object_id/, "the check of the books"],
  [/^select "partner_id", "currency", sum\(case when credit = 'held'/, "the check of the books"],
  [/^select sorted\.order_key from partner_orders/, "the check of the books"],
  [/^select\s+\(select count\(\*\) from partner_orders\)/, "the check of the books"],
  [/^select case when exists \(select 1 from exact_licences\)/, "whether there is any at all"],
  [/^select \* from "subscription_names"/, "the check of the books"],
];

const { database, open } = benchOf("sqlite");

it("has an index for every query of what grows, on SQLite", async () => {
  // Other files of this process define queries of their own.
  vi.resetModules();
  const { definedQueries } = await import("../../server/src/store/query.ts");
  for (const file of globSync("server/src/**/*.ts"))
    if (!file.endsWith(".test.ts") && readFileSync(file, "utf8").includes("query<"))
      await import(pathToFileURL(file).href);
  const config = await database();
  if (config.engine !== "sqlite") throw new Error("this is about SQLite");
  await open({ database: config });
  const db = new DatabaseSync(config.path, { readOnly: true });

  const partial = partialIndexes(db);
  const walking: string[] = [];
  const seen = new Set<string>();
  let explained = 0;
  for (const query of definedQueries()) {
    const { text } = query.compileFor("sqlite");
    const steps = explain(db, text);
    if (steps === undefined) continue;
    explained += 1;
    if (!steps.some((step) => isWalk(step, partial))) continue;
    const meant = walks.find(([begins]) => begins.test(text.trim()));
    if (meant === undefined) walking.push(`${steps.join(" | ")}: ${text}`);
    else seen.add(meant[1]);
  }
  db.close();
  expect(walking).toEqual([]);
  expect(explained).toBeGreaterThan(400);
  expect([...seen].sort()).toEqual([...new Set(walks.map(([, why]) => why))].sort());
});

/** Whether a step reads all of a growing table, or of an index that has all of its rows. */
function isWalk(step: string, partial: ReadonlySet<string>): boolean {
  if (!growing.some((table) => step.startsWith(`SCAN ${table} `))) return false;
  const index = /USING (?:COVERING )?INDEX (\S+)/.exec(step)?.[1];
  return index === undefined || !partial.has(index);
}

/** The indexes that have only some rows, such as those that wait. */
const partialIndexes = (db: DatabaseSync): ReadonlySet<string> =>
  new Set(
    db
      .prepare("select name from sqlite_schema where type = 'index' and sql like '% where %'")
      .all()
      .map(({ name }) => String(name)),
  );

/** The steps of a query's plan; undefined of what is written for the other engine. */
function explain(db: DatabaseSync, text: string): string[] | undefined {
  try {
    return db
      .prepare(`explain query plan ${text}`)
      .all()
      .map(({ detail }) => `${detail} `);
  } catch (error) {
    if (/syntax error|unrecognized token|no such (table|function)/.test(String(error))) return undefined;
    throw error;
  }
}
