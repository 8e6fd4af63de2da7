import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { as } from "../words/ids.ts";
import { parseConfig } from "./parse-config.ts";
import { readSecret, readServerSecrets } from "./secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "tallystick-secrets-"));
const config = parseConfig(
  {
    issuer: "https://renew.acme.example",
    adminToken: { env: "ADMIN" },
    products: [
      { id: "paint", name: "Paint", checkout: { shop: "own", url: "https://acme.example/{reference}" } },
    ],
    shops: {
      own: { kind: "standard-webhooks", secrets: [{ env: "OLD" }, { file: "own.secret" }] },
      stripe: { kind: "stripe", secrets: [{ file: "missing.secret" }] },
    },
  },
  { file: join(folder, "tallystick.config.json"), env: {} },
);

describe("secrets", () => {
  it("are read without the line's end of their file", async () => {
    writeFileSync(join(folder, "plain"), "abc\n");
    expect(await readSecret({ file: join(folder, "plain") }, {})).toBe("abc");
  });

  it("that are unset, empty, missing or short are told all at once", async () => {
    writeFileSync(join(folder, "own.secret"), "\n");
    const reading = readServerSecrets(config, { ADMIN: "short", OLD: "" });
    await expect(reading).rejects.toMatchObject({
      problems: [
        { path: "adminToken", message: "expected at least 16 bytes" },
        { path: "shops.own.secrets[0]", message: "expected the environment variable OLD to be set" },
        { path: "shops.own.secrets[1]", message: expect.stringContaining("it is empty") },
        { path: "shops.stripe.secrets[0]", message: expect.stringContaining("there is none") },
      ],
    });
  });

  it("of every shop are handed over in the order of the configuration", async () => {
    writeFileSync(join(folder, "own.secret"), "new");
    writeFileSync(join(folder, "missing.secret"), "whsec");
    const admin = "a".repeat(24);
    const secrets = await readServerSecrets(config, { ADMIN: admin, OLD: "old" });
    expect(secrets.adminToken).toBe(admin);
    expect(secrets.shops.get(as.shop("own"))).toEqual({ kind: "standard-webhooks", secrets: ["old", "new"] });
    expect(secrets.shops.get(as.shop("stripe"))?.secrets).toEqual(["whsec"]);
  });
});
