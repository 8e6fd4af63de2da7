import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

const bundles = ["index", "protocol", "stamp", "tallystick-capture"].flatMap((name) => [
  `${name}.js`,
  `${name}.cjs`,
]);

describe("the bundle", () => {
  it("is at most 15 KB, minified and compressed", () => {
    const size = gzipSync(readFileSync(built.minified), { level: 9 }).length;
    console.info(`the whole client: ${size} bytes gzip`);
    expect(size).toBeLessThanOrEqual(15 * kilobyte);
    expect(size).toBeGreaterThan(5 * kilobyte); // Less would mean that a part is not in the file.
  });

  it("loads what reads stamps from a file of its own, of at most 13 KB", () => {
    const size = gzipSync(readFileSync(built.minifiedStamp), { level: 9 }).length;
    console.info(`what reads and describes stamps: ${size} bytes gzip`);
    expect(size).toBeLessThanOrEqual(13 * kilobyte);
    expect(readBundle(built, "index.js")).not.toContain("container_malformed");
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

  it.each(bundles)("%s asks for nothing but Node and its own package", (file) => {
    const asked = readBundle(built, file).matchAll(
      /(?:^import\b[^'"]*|\bfrom\s*|\bimport\(|\brequire\()["']([^"']+)["']/gm,
    );
    const own = /^(node:|@tallystick\/sdk\/stamp$)/;
    const foreign = [...asked].map(([, name]) => name ?? "").filter((name) => !own.test(name));
    expect(foreign).toEqual([]);
  });
});

describe("the packed package", () => {
  it("is what publint wants", () => {
    expect(runTool("publint", [built.tarball, "--strict"])).toContain("All good!");
  });

  it("has types that are right for import and require", () => {
    expect(runTool("attw", [built.tarball, "--no-emoji"])).toContain("No problems found");
  });

  it.each(["index", "protocol", "stamp"])("%s names every type that its exports mention", (entry) => {
    const types = readBundle(built, `${entry}.d.ts`);
    const namesIn = (pattern: RegExp) =>
      [...types.matchAll(pattern)].flatMap(([, list = ""]) =>
        list.split(",").map((name) => name.trim().replace(/^type |^.* as /, "")),
      );
    const exported = new Set(namesIn(/^export (?:type )?\{([^}]*)\}/gm));
    const imported = namesIn(/^import (?:type )?\{([^}]*)\} from '\.\/(?!index)/gm);
    const declared = namesIn(/^(?:declare )?(?:interface|type|class|function|const) (\w+)/gm);
    expect(exported.size).toBeGreaterThan(5);
    expect([...declared, ...imported].filter((name) => !exported.has(name))).toEqual([]);
  });

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

  it("runs its command for installers on the machine's own Node", () => {
    const folder = mkdtempSync(join(built.project, "machine-wide"));
    const command = join(built.project, "node_modules", ".bin", "tallystick-capture");
    const args = [command, product.stamped, "--product", "acme-paint", "--out", folder, "--json"];
    const printed = JSON.parse(run(findMachineNode(), args, built.project));
    expect(printed).toMatchObject({ code: "written", partner: "north-tools", from: product.stamped });
    expect(readFileSync(join(folder, "tallystick.token"), "utf8").trim()).toBe(product.token);
  });
});
