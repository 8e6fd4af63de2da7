import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApp } from "../http/open-app.ts";

const folder = join(import.meta.dirname, "../../server/operations");
const read = (name: string) => readFileSync(join(folder, name), "utf8");

/** What is asked of Prometheus in a file, whatever stands around it. */
const dashboardExpressions = () => {
  const { panels } = JSON.parse(read("grafana-dashboard.json")) as {
    panels: { targets: { expr: string }[] }[];
  };
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
};
const alertExpressions = () =>
  [...read("alerts.yml").matchAll(/^ +expr: (.+)$/gm)].map(([, expr = ""]) => expr);
const seriesIn = (expressions: readonly string[]) =>
  new Set(expressions.flatMap((expr) => expr.match(/\b(tallystick|process|nodejs)_[a-z0-9_]+/g) ?? []));

describe("the dashboard and the alert rules", () => {
  let receiver: Awaited<ReturnType<typeof openApp>>;
  let scraped: Set<string>;
  beforeAll(async () => {
    receiver = await openApp();
    const text = await (await receiver.send("GET", "/metrics")).text();
    scraped = new Set([...text.matchAll(/^([a-z][a-z0-9_]*)[ {]/gm)].map(([, name = ""]) => name));
  });
  afterAll(() => receiver.close());

  it.each([
    ["grafana-dashboard.json", dashboardExpressions, 16],
    ["alerts.yml", alertExpressions, 12],
  ])("name in %s no series that the first scrape lacks", (_name, expressions, atLeast) => {
    expect(expressions().length).toBeGreaterThanOrEqual(atLeast);
    const missing = [...seriesIn(expressions())].filter((name) => !scraped.has(name));
    expect(missing).toEqual([]);
  });

  it("show every series of the receiver's own", () => {
    const shown = seriesIn([...dashboardExpressions(), ...alertExpressions()]);
    const own = [...scraped].filter(
      (name) => name.startsWith("tallystick_") && !/_(bucket|sum|count)$/.test(name),
    );
    expect(own.length).toBeGreaterThan(10);
    expect(own.filter((name) => !shown.has(name))).toEqual([]);
  });
});

describe("the folder of operations", () => {
  it("is told of in docs/operations.md, file by file", () => {
    const page = readFileSync(join(folder, "../../docs/operations.md"), "utf8");
    expect(readdirSync(folder).filter((name) => !page.includes(`server/operations/${name}`))).toEqual([]);
  });
});
