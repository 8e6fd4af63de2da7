import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseConfig } from "../config/parse-config.ts";
import type { OpenedDeps } from "../deps/open-deps.ts";
import { openDeps } from "../receiver/start/open-deps.ts";
import { addPartner, listPartners, type NewPartner, showPartner } from "./partners.ts";

const folder = mkdtempSync(join(tmpdir(), "tallystick-partners-"));
const config = parseConfig(
  {
    issuer: "https://renew.acme.example",
    adminToken: { env: "ADMIN" },
    products: [
      { id: "paint", name: "Paint", checkout: { shop: "own", url: "https://acme.example/{reference}" } },
    ],
    shops: { own: { kind: "stripe", secrets: [{ env: "OWN" }] } },
    commission: { defaultPercent: 12.5 },
  },
  { file: join(folder, "tallystick.config.json"), env: {} },
);

let deps: OpenedDeps;
beforeAll(async () => {
  deps = await openDeps(config, { log: { info() {}, warn() {}, error() {}, flush() {} } });
});
afterAll(() => deps.store.close());

describe("partners", () => {
  it("are resellers at the default percentage, shown nothing, by default", async () => {
    const partner = await addPartner(deps, { id: "north", name: "North Shop" });
    expect(partner).toEqual({
      id: "north",
      name: "North Shop",
      kind: "reseller",
      parent: null,
      percent: 12.5,
      emailRegistered: false,
      sharing: "none",
      status: "active",
      createdAt: expect.stringMatching(/Z$/),
      endedAt: null,
      suspendedAt: null,
      mergedInto: null,
    });
    expect(await showPartner(deps, "north")).toEqual(partner);
  });

  it("keep what they were added with", async () => {
    const partner: NewPartner = {
      id: "south.shop",
      name: "Süd",
      kind: "affiliate",
      parent: "north",
      percent: 4.35,
      email: "ann@south.example",
      sharing: "full",
    };
    const { email, ...rest } = partner;
    expect(await addPartner(deps, partner)).toMatchObject({ ...rest, emailRegistered: true });
    expect((await listPartners(deps)).map(({ id }) => id)).toEqual(["north", "south.shop"]);
  });

  it("leave no address in the database", async () => {
    const files = ["tallystick.db", "tallystick.db-wal"].map((name) =>
      readFileSync(join(folder, "var", name)),
    );
    expect(Buffer.concat(files).includes("south.shop")).toBe(true);
    expect(Buffer.concat(files).includes("ann@south")).toBe(false);
  });

  it.each<[string, NewPartner, string]>([
    ["an id that is taken", { id: "north", name: "N" }, "partner_exists"],
    ["a parent nobody knows", { id: "east", name: "E", parent: "nobody" }, "parent_unknown"],
    ["an id with capitals", { id: "East", name: "E" }, "request_invalid"],
    ["itself as its parent", { id: "east", name: "E", parent: "east" }, "request_invalid"],
    ["an empty name", { id: "east", name: " " }, "request_invalid"],
    ["a name of two lines", { id: "east", name: "E\nF" }, "request_invalid"],
    ["101 percent", { id: "east", name: "E", percent: 101 }, "request_invalid"],
    ["a third decimal", { id: "east", name: "E", percent: 1.005 }, "request_invalid"],
    ["no number", { id: "east", name: "E", percent: Number.NaN }, "request_invalid"],
    ["an address without a domain", { id: "east", name: "E", email: "ann@" }, "request_invalid"],
  ])("are refused with %s", async (_, partner, code) => {
    await expect(addPartner(deps, partner)).rejects.toMatchObject({ code });
    expect(await listPartners(deps)).toHaveLength(2);
  });

  it("that do not exist are unknown", async () => {
    await expect(showPartner(deps, "nobody")).rejects.toMatchObject({ code: "partner_unknown" });
  });
});
