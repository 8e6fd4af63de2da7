/**
 * Builds `dist/commands.js`: the command line once more, for every command but `serve`. A command lives for a tenth of a
 * second, and most of that went into finding, reading and compiling some 500 files. So what all commands need of other
 * packages is inside, without what they do not use, and lies in a few files: what describes the commands, what opens a
 * database, and what commands share. `serve` keeps to the files that tsup makes, where zod is the one that hono's OpenAPI
 * extends.
 *
 * Usage: node bundle-commands.ts [DIST]
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, resolve, sep } from "node:path";
import { type Plugin, rolldown } from "rolldown";
import { migrationNames } from "./src/store/migrations/index.ts";

const folder = import.meta.dirname;
const dist = resolve(process.argv[2] ?? join(folder, "dist"));
const source = (file: string) => join(folder, "src", file);

/** Packages whose code is inside. Every other one is loaded from `node_modules` by the command that needs it. */
const inside = [
  // What the bundler itself writes calls of, which brings it along.
  "@oxc-project/runtime",
  "@noble/hashes",
  "@tallystick/sdk/protocol",
  "commander",
  "ipaddr.js",
  "jose",
  "kysely",
  "zod",
];
const isInside = (id: string) => inside.some((name) => id === name || id.startsWith(`${name}/`));
const packageOf = (id: string) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id.replaceAll("\\", "/"))?.[1];

/** Where each file goes: by what needs it, from the start, once a noun is named, once a database is looked at, or once it is opened whole. */
const groups = {
  program: ["receiver/commands/run-command-line.ts"],
  verbs: nounFiles(),
  database: ["receiver/ground.ts"],
  looking: ["orders/explain/list-orders.ts", "books/balances.ts"],
  whole: ["receiver/start/open-deps.ts"],
};
const members: Record<string, Set<string>> = {};
/** Files that load nothing from outside of the bundle: what several commands share of them is a file for each room. */
const light = new Set<string>();

const roomOf = (id: string) => /[\\/]src[\\/]([^\\/]+)[\\/]/.exec(id)?.[1] ?? "shared";

/** The files that describe the verbs of each noun. */
function nounFiles(): string[] {
  const text = readFileSync(source("receiver/commands/nouns.ts"), "utf8");
  return [...text.matchAll(/import\("(.+?)"\)/g)].map(([, file = ""]) => join("receiver/commands", file));
}

/**
 * What packages import at once and nobody here uses: commander processes, which no command of ours starts by it, and a
 * global by its module; `@noble/hashes` what chance is drawn by.
 */
const unusedBy: Record<string, Record<string, string>> = {
  commander: {
    child_process: "export default {};",
    process: "export default globalThis.process;",
  },
  "@noble/hashes": { "@noble/hashes/crypto": "export const crypto = undefined;" },
};

const unusedOf = (id: string, importer: string | undefined): string | undefined =>
  unusedBy[packageOf(importer ?? "") ?? ""]?.[id.replace("node:", "")];

/**
 * A module of Node's as the bundle asks for it: each member that is used, once. An `import` of it would have Node read
 * all of its members first, and some of them load another dozen of modules.
 */
function membersOf(name: string): string {
  const from = (process.getBuiltinModule(name) ?? {}) as Record<string, unknown>;
  const members = Object.keys(from).filter((member) => /^[A-Za-z]\w*$/.test(member) && member !== "default");
  const lines = calledOnly.includes(name.replace("node:", ""))
    ? members
        .filter((member) => typeof from[member] === "function")
        .map((member) =>
          /^[A-Z]/.test(member)
            ? `export function ${member}(...given) { return new (from().${member})(...given); }`
            : `export const ${member} = (...given) => from().${member}(...given);`,
        )
    : members.map((member) => `export const ${member} = from.${member};`);
  const load = `process.getBuiltinModule("${name}")`;
  return calledOnly.includes(name.replace("node:", ""))
    ? `const from = () => ${load};\n${lines.join("\n")}\n`
    : `const from = ${load};\n${lines.join("\n")}\nexport default from;\n`;
}

/** Those of which commands only call functions and make objects: they are loaded at the first call. */
const calledOnly = [
  "crypto",
  "fs/promises",
  "readline",
  "stream/consumers",
  "stream/promises",
  "timers/promises",
  "worker_threads",
  "net",
  "zlib",
];

/**
 * The configuration's schemas are in the bundle twice. Where a file is read they are made of `config/accepting.ts`, which
 * takes a tenth of the time; whoever needs zod itself, to say what is wrong or to write a JSON Schema, imports them with
 * this behind their files' names.
 */
const ofZod = "?zod";
const configFolder = source("config");
const isConfig = (id: string | undefined): id is string => id?.startsWith(`${configFolder}${sep}`) === true;
const needZod = ["parse-config.ts", "config-json-schema.ts"].map((file) => join(configFolder, file));
const hasSchemas = (file: string) => /^import .* from "zod"/m.test(readFileSync(file, "utf8"));

/** Which of the two a file of the configuration is to be, as it is imported. */
function schemasFor(id: string, importer: string | undefined): string | undefined {
  if (importer === undefined || !/^\.{1,2}\//.test(id)) return undefined;
  const file = resolve(dirname(importer), id);
  const asksZod = importer.endsWith(ofZod) || needZod.some((one) => one === importer || one === file);
  return asksZod && isConfig(file) && hasSchemas(file) ? `${file}${ofZod}` : undefined;
}

const build: Plugin = {
  name: "commands",
  resolveId: (id, importer, { kind }) => {
    const schemas = schemasFor(id, importer);
    if (schemas !== undefined) return schemas;
    if (id === "zod" && isConfig(importer) && !importer.endsWith(ofZod))
      return source(join("config", "accepting.ts"));
    if (/\/serve\.ts$/.test(id)) return { id: "./index.js", external: true };
    const unused = unusedOf(id, importer);
    if (unused !== undefined) return `\0unused:${unused}`;
    const isOurs = isBuiltin(id) && kind === "import-statement" && !importer?.startsWith("\0");
    return isOurs ? `\0builtin:${id}` : null;
  },
  load: (id) => {
    if (id === source(join("store", "migrations", "names.ts")))
      return { code: `export const migrationNames = ${JSON.stringify(migrationNames)};`, moduleType: "js" };
    if (id.startsWith("\0unused:")) return id.slice("\0unused:".length);
    if (id.endsWith(ofZod))
      return { code: readFileSync(id.slice(0, -ofZod.length), "utf8"), moduleType: "ts" };
    return id.startsWith("\0builtin:") ? membersOf(id.slice("\0builtin:".length)) : null;
  },
  // A namespace is left out member by member, the object `z` is not: it has every language's messages.
  transform: (code, id) =>
    id.startsWith(source(""))
      ? code.replace(/^import \{ z \} from "zod"/m, 'import * as z from "zod"')
      : null,
  buildEnd() {
    const reach = (id: string, found: Set<string>): Set<string> => {
      if (found.has(id)) return found;
      found.add(id);
      for (const next of this.getModuleInfo(id)?.importedIds ?? []) reach(next, found);
      return found;
    };
    for (const [name, files] of Object.entries(groups)) {
      members[name] = new Set();
      for (const file of files) reach(source(file), members[name]);
    }
    const needsNothing = (id: string) =>
      /^(\0|\/|[A-Z]:)/.test(id) && packageOf(id) !== "zod" && !id.endsWith(ofZod);
    for (const id of this.getModuleIds())
      if (!id.includes("/src/messages/") && [...reach(id, new Set())].every(needsNothing)) light.add(id);
  },
};

const bundle = await rolldown({
  cwd: folder,
  input: { commands: source("receiver/main.ts") },
  platform: "node",
  external: (id) => /^[@a-z]/.test(id) && !isInside(id) && !isBuiltin(id),
  resolve: { conditionNames: ["tallystick-source", "import", "node"] },
  treeshake: { propertyReadSideEffects: false },
  preserveEntrySignatures: false,
  plugins: [build],
  // Some files are imported lazily that lie in one which is loaded anyway.
  onLog: (level, log, tell) => {
    if (log.code !== "INEFFECTIVE_DYNAMIC_IMPORT") tell(level, log);
  },
});
const { output } = await bundle.write({
  dir: dist,
  format: "esm",
  // One sign beyond Latin makes V8 hold a file's whole text at two bytes a sign.
  charset: "ascii",
  // Names of functions stay: a stack trace should be the source's.
  minify: { compress: true, mangle: { keepNames: true }, codegen: { removeWhitespace: true } },
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [
      { name: "zod", test: (id) => packageOf(id) === "zod" || id.endsWith(ofZod), priority: 4 },
      { name: "program", test: (id) => members.program?.has(id) === true, priority: 3 },
      // What all nouns' verbs are described by: one file is found sooner than three small ones of a noun.
      { name: "verbs", test: (id) => members.verbs?.has(id) === true, priority: 2 },
      { name: "database", test: (id) => members.database?.has(id) === true, priority: 1 },
      // What the lists that are asked for most look at, so that they load nothing of their rooms beside it.
      { name: "looking", test: (id) => light.has(id) && members.looking?.has(id) === true, priority: 0.5 },
      { name: roomOf, debugName: "room", test: (id) => light.has(id), minShareCount: 2, priority: 0 },
    ],
  },
});

execFileSync(process.execPath, ["--conditions=tallystick-source", join(folder, "write-help.ts"), dist]);

const bundled = new Map<string, string>();
for (const file of output)
  for (const id of "moduleIds" in file ? file.moduleIds : []) {
    const name = packageOf(id);
    if (name !== undefined) bundled.set(name, id.slice(0, id.lastIndexOf(`${name}/`) + name.length));
  }
const texts = [...bundled].sort().map(([name, root]) => {
  const { version, license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return `${name} ${version} (${license})\n\n${licenceOf(name, root)}`;
});
writeFileSync(
  join(dist, "THIRD-PARTY.txt"),
  `Code of these packages is inside the files of this folder.\n\n${texts.join(`\n${"-".repeat(78)}\n\n`)}`,
);

/** The text that a package's licence wants to be kept. */
function licenceOf(name: string, root: string): string {
  const file = readdirSync(root).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined)
    throw new Error(`${name} has no licence file: leave it outside, or name its licence.`);
  return readFileSync(join(root, file), "utf8");
}
