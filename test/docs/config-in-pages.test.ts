import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../../server/src/config/config-error.ts";
import { configSchema } from "../../server/src/config/config-schema.ts";
import { parseConfig } from "../../server/src/config/parse-config.ts";

const root = join(import.meta.dirname, "../..");
const pages = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/${name}`)
  .concat("README.md", "server/README.md");

/** What a page's example is laid over: a configuration with nothing to spare, and a shop of each name the pages use. */
const around = {
  issuer: "https://renew.acme.example",
  adminToken: { env: "ADMIN_TOKEN" },
  products: [
    {
      id: "acme-paint",
      name: "Acme Paint",
      checkout: { shop: "own", url: "https://shop.acme.example/buy?ref={reference}" },
    },
  ],
  shops: { own: { kind: "standard-webhooks", secrets: [{ env: "OWN_SHOP_SECRET" }] } },
};

/** JSON of a page that has members of a configuration, and of nothing else at its top; braces may be left out. */
function examplesOf(page: string): { page: string; example: Record<string, unknown> }[] {
  const text = readFileSync(join(root, page), "utf8");
  const blocks = [...text.matchAll(/^ *```json\n([\s\S]*?)^ *```/gm)].map(([, block = ""]) => block);
  const spans = [...text.replaceAll(/```[\s\S]*?```/g, "").matchAll(/`((?:\{ )?"\w+":[^`\n]+)`/g)].map(
    ([, span = ""]) => span,
  );
  return [...blocks, ...spans].flatMap((json) => {
    const example = read(json) ?? read(`{${json}}`);
    return example !== undefined && Object.keys(example).every((name) => name in configSchema.shape)
      ? [{ page, example }]
      : [];
  });
}

function read(json: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function problemsOf({ page, example }: { page: string; example: Record<string, unknown> }): string[] {
  const shops = { ...around.shops, ...Object(example.shops) };
  try {
    parseConfig(
      { ...around, ...example, shops },
      { file: "/etc/tallystick/tallystick.config.json", env: {} },
    );
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, message }) => `${page}: ${path}: ${message}`);
  }
}

describe("the configurations in the pages", () => {
  it("are taken by the receiver as they stand", () => {
    const examples = pages.flatMap(examplesOf);
    expect(examples.length).toBeGreaterThan(25);
    expect(examples.flatMap(problemsOf)).toEqual([]);
  });
});
