import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unnamedTypes } from "../packages/unnamed-types.ts";
import { type BuiltPackage, buildPackage, readBundle, run, runTool } from "./built-package.ts";
import { findMachineNode } from "./older-node.ts";
import { type ProductFiles, writeProduct } from "./product.ts";

let built: BuiltPackage;
let product: ProductFiles;
beforeAll(async () => {
  built = buildPackage();
  product = await writeProduct(built.project);
});
afterAll(() => built?.remove());

const kilobyte = 1024;
const sdkFolder = join(import.meta.dirname, "..", "..", "sdk");

/** Names of what must not be in a product: servers, signing and making keys, encryption, the whole of zod. */
const forbidden =
  /\b(SignJWT|CompactSign|FlattenedSign|GeneralSign|generateKeyPair|generateSecret|EncryptJWT|CompactEncrypt|importPKCS8|createLocalJWKSet|createRemoteJWKSet|UnsecuredJWT|ZodObject|ZodMiniObject|locales|hono|Hono|kysely|node:sqlite|node:http|createServer|undici|subtle\.sign|subtle\.generateKey)\b/;

const entries = ["index", "protocol", "stamp", "prompt", "prompt-element", "prompt-terminal", "languages/ar"];

const bundles = [...entries, "tallystick-capture"].flatMap((name) => [`${name}.js`, `${name}.cjs`]);

describe("the bundle", () => {
  const sizeOf = (entry: string) => gzipSync(readFileSync(built.minified(entry)), { level: 9 }).length;

  it.each([
    ["the client", ["index"], 5, 15],
    ["what judges a token that Node's own Ed25519 does not confirm", ["protocol"], 4, 8],
    ["what reads and describes stamps", ["stamp"], 5, 13],
    ["the prompt as data, with English", ["prompt"], 1.5, 6],
    ["the element with one language", ["prompt-element", "languages/de"], 2, 10],
    ["the prompt in a terminal", ["prompt-terminal"], 0.5, 3],
  ])("%s, minified and compressed, keeps its size", (what, parts, atLeast, atMost) => {
    const size = parts.map(sizeOf).reduce((sum, one) => sum + one);
    console.info(`${what}: ${size} bytes gzip`);
    expect(size).toBeLessThanOrEqual(atMost * kilobyte);
    expect(size).toBeGreaterThan(atLeast * kilobyte); // Less would mean that a part is not in the file.
  });

  it("holds neither jose nor the reader of stamps in the client's own file", () => {
    const heavy = /container_malformed|compactVerify|JWSInvalid/;
    for (const name of ["index.js", "index.cjs"]) expect(readBundle(built, name)).not.toMatch(heavy);
    for (const name of ["protocol.js", "stamp.js"]) expect(readBundle(built, name)).toMatch(heavy);
  });

  it.each(bundles)("%s holds no forbidden name", (file) => {
    expect(forbidden.exec(readBundle(built, file))).toBeNull();
  });

  it("would be caught with signing in it", () => {
    const signing = join(
      sdkFolder,
      "..",
      "node_modules",
      "jose",
      "dist",
      "webapi",
      "jws",
      "compact",
      "sign.js",
    );
    expect(forbidden.test(readFileSync(signing, "utf8"))).toBe(true);
  });

  it.each(bundles)("%s imports no createRequire by its name, which webpack would take away", (file) => {
    expect(readBundle(built, file)).not.toMatch(/import\s*\{[^}]*\bcreateRequire\b|\bcreateRequire\(/);
  });

  it.each(bundles)("%s asks for nothing but Node and its own package", (file) => {
    const asked = readBundle(built, file).matchAll(
      /(?:^import\b[^'"]*|\bfrom\s*|\bimport\(|\brequire\()["']([^"']+)["']/gm,
    );
    const own = /^(node:|@tallystick\/sdk\/(stamp|protocol|prompt\/languages\/[a-z-]+)$)/;
    const foreign = [...asked].map(([, name]) => name ?? "").filter((name) => !own.test(name));
    expect(foreign).toEqual([]);
  });
});

describe("the packed package", () => {
  it("exports every type that its exports mention", () => {
    const dist = join(built.project, "node_modules", "@tallystick", "sdk", "dist");
    expect(unnamedTypes(dist, [...entries, "languages/en"])).toEqual([]);
  });

  it("is what publint wants", () => {
    expect(runTool("publint", [built.tarball, "--strict"])).toContain("All good!");
  });

  it("has types that are right for import and require", () => {
    expect(runTool("attw", [built.tarball, "--no-emoji"])).toContain("No problems found");
  });

  it.each(entries.filter((name) => !name.includes("/")))(
    "%s names every type that its exports mention",
    (entry) => {
      const types = readBundle(built, `${entry}.d.ts`);
      const namesIn = (pattern: RegExp) =>
        [...types.matchAll(pattern)].flatMap(([, list = ""]) =>
          list.split(",").map((name) => name.trim().replace(/^type |^.* as /, "")),
        );
      const exported = new Set(namesIn(/^export (?:type )?\{([^}]*)\}/gm));
      // What the main entry names already need not be named again.
      const named = new Set([...exported, ...(readBundle(built, "index.d.ts").match(/\w+/g) ?? [])]);
      const imported = namesIn(/^import (?:type )?\{([^}]*)\}/gm);
      const declared = namesIn(/^(?:declare )?(?:interface|type|class) (\w+)/gm);
      expect(exported.size).toBeGreaterThan(0);
      const known = entry === "index" ? exported : named;
      expect([...declared, ...imported].filter((name) => !known.has(name))).toEqual([]);
    },
  );

  it("has no dependency and carries no test", () => {
    const installed = join(built.project, "node_modules", "@tallystick", "sdk");
    const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    for (const kind of ["dependencies", "peerDependencies", "optionalDependencies"]) {
      expect(manifest[kind]).toBeUndefined();
    }
    const files = run("tar", ["-tzf", built.tarball], built.project).trim().split("\n");
    expect(files.filter((file) => /\.test\.|testing\//.test(file))).toEqual([]);
    for (const file of ["README.md", "LICENSE", "THIRD-PARTY.md", "src/protocol/PROTOCOL.md"]) {
      expect(files).toContain(`package/${file}`);
    }
    for (const file of readdirSync(join(sdkFolder, "vectors")))
      expect(files).toContain(`package/vectors/${file}`);
  });

  it("names the licence of what is bundled, in its own words and version", () => {
    const notice = readFileSync(join(sdkFolder, "THIRD-PARTY.md"), "utf8");
    const jose = join(sdkFolder, "..", "node_modules", "jose");
    expect(notice).toContain(readFileSync(join(jose, "LICENSE.md"), "utf8").trim());
    expect(notice).toContain(`jose ${JSON.parse(readFileSync(join(jose, "package.json"), "utf8")).version}`);
  });

  it("compiles every example of its README, strictly and with the types of the package", () => {
    const readme = readFileSync(join(sdkFolder, "README.md"), "utf8");
    const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
    expect(examples.length).toBeGreaterThanOrEqual(2);
    const folder = join(built.project, "examples");
    mkdirSync(folder);
    for (const [index, text] of examples.entries()) writeFileSync(join(folder, `example-${index}.mts`), text);
    writeFileSync(
      join(folder, "jwks.json"),
      '{ "keys": [{ "kty": "OKP", "crv": "Ed25519", "x": "", "kid": "k" }] }',
    );
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      module: "nodenext",
      target: "es2023",
      resolveJsonModule: true,
      noEmit: true,
      types: ["node"],
      typeRoots: [join(sdkFolder, "..", "node_modules", "@types")],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    runTool("tsc", ["-p", folder]);
  });
});

describe("the built package", () => {
  const answers = {
    captured: "captured",
    partner: "north-tools",
    licence: "stored",
    state: "expiring",
    stage: 7,
    shown: "shown",
    registered: "queued",
    stamped: "stamp",
    problems: [],
    mistake: "product_refused",
  };

  function runProduct(node: string, kind: "esm" | "cjs") {
    const folder = mkdtempSync(join(built.project, kind));
    const printed = JSON.parse(
      run(node, [product[kind], folder, product.token, product.stamped], built.project),
    );
    return {
      printed,
      expected: { ...answers, url: `http://127.0.0.1:1/r/acme-paint?t=${product.token}&l=AAAA-BBBB` },
    };
  }

  it.each(["esm", "cjs"] as const)("works on the machine's own Node as %s", (kind) => {
    const { printed, expected } = runProduct(findMachineNode(), kind);
    expect(printed).toEqual(expected);
  });

  it.each(["esm", "cjs"] as const)("works on the pinned Node as %s", (kind) => {
    const { printed, expected } = runProduct(process.execPath, kind);
    expect(printed).toEqual(expected);
  });

  it("works in a product's own bundle, with every file that is loaded when it is wanted", async () => {
    const build = await rolldown({ input: product.esm, platform: "node" });
    const folder = join(dirname(built.tarball), "bundled"); // Where no package can be found.
    await build.write({ dir: folder, format: "esm" });
    const args = [
      join(folder, "product.js"),
      mkdtempSync(join(built.project, "state")),
      product.token,
      product.stamped,
    ];
    expect(JSON.parse(run(process.execPath, args, folder))).toMatchObject(answers);
  });

  it("runs its command for installers on the machine's own Node", () => {
    const folder = mkdtempSync(join(built.project, "machine-wide"));
    const command = join(built.project, "node_modules", ".bin", "tallystick-capture");
    const args = [command, product.stamped, "--product", "acme-paint", "--out", folder, "--json"];
    const printed = JSON.parse(run(findMachineNode(), args, built.project));
    expect(printed).toMatchObject({ code: "written", partner: "north-tools", from: product.stamped });
    expect(readFileSync(join(folder, "tallystick.token"), "utf8").trim()).toBe(product.token);
  });
});
