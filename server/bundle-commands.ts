/**
 * Builds `dist/commands.js`: the command line once more, for every command but `serve`. A command lives for a tenth of a
 * second, and most of that went into finding, reading and compiling some 500 files. So what all commands need of other
 * packages is inside, without what they do not use, and lies in two files: what describes the commands, and what
 * opens a database. `serve` keeps to the files that tsup makes, where zod is the one that hono's OpenAPI extends.
 *
 * Usage: node bundle-commands.ts [DIST]
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, resolve } from "node:path";
import { type Plugin, rolldown } from "rolldown";

const folder = import.meta.dirname;
const dist = resolve(process.argv[2] ?? join(folder, "dist"));
const source = (file: string) => join(folder, "src", file);

/** Packages whose code is inside. Every other one is loaded from `node_modules` by the command that needs it. */
const inside = ["commander", "ipaddr.js", "jose", "kysely", "tldts", "tldts-core", "zod"];
const packageOf = (id: string) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id.replaceAll("\\", "/"))?.[1];

/** Where each file goes: by what needs it, from the start, once a noun is named, or once a database is opened. */
const groups = {
  program: ["receiver/run-command-line.ts"],
  verbs: nounFiles(),
  database: ["receiver/open-deps.ts", "config/load-config.ts", "deps/log-writer.ts"],
};
const members: Record<string, Set<string>> = {};

/** The files that describe the verbs of each noun. */
function nounFiles(): string[] {
  const text = readFileSync(source("receiver/nouns.ts"), "utf8");
  return [...text.matchAll(/import\("(.+?)"\)/g)].map(([, file = ""]) => join("receiver", file));
}

/** What commander imports at once: processes, which no command of ours starts by it, and a global by its module. */
const unusedByCommander: Record<string, string> = {
  child_process: "export default {};",
  process: "export default globalThis.process;",
};

/**
 * A module of Node's as the bundle asks for it: each member that is used, once. An `import` of it would have Node read
 * all of its members first, and some of them load another dozen of modules.
 */
function membersOf(name: string): string {
  const lines = Object.keys(process.getBuiltinModule(name) ?? {})
    .filter((member) => /^[A-Za-z]\w*$/.test(member) && member !== "default")
    .map((member) => `export const ${member} = from.${member};`);
  return `const from = process.getBuiltinModule("${name}");\n${lines.join("\n")}\nexport default from;\n`;
}

const isUnused = (id: string, importer: string | undefined) =>
  packageOf(importer ?? "") === "commander" && id.replace("node:", "") in unusedByCommander;

const build: Plugin = {
  name: "commands",
  resolveId: (id, importer, { kind }) => {
    if (id === "./serve.ts" && importer?.includes("receiver")) return { id: "./index.js", external: true };
    if (isUnused(id, importer)) return `\0unused:${id.replace("node:", "")}`;
    const isOurs = isBuiltin(id) && kind === "import-statement" && !importer?.startsWith("\0");
    return isOurs ? `\0builtin:${id}` : null;
  },
  load: (id) => {
    if (id.startsWith("\0unused:")) return unusedByCommander[id.slice("\0unused:".length)];
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
  },
};

const bundle = await rolldown({
  cwd: folder,
  input: { commands: source("receiver/main.ts") },
  platform: "node",
  external: (id) => /^[@a-z]/.test(id) && !inside.includes(id.split("/")[0] ?? "") && !isBuiltin(id),
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
  // Names stay: a stack trace should be the source's.
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [
      { name: "program", test: (id) => members.program?.has(id) === true, priority: 3 },
      {
        name: "kit",
        // What nouns describe their verbs with; the descriptions themselves are a file a noun.
        test: (id) => members.verbs?.has(id) === true && !/src.[\w-]+.cli.|src.receiver./.test(id),
        priority: 2,
      },
      { name: "database", test: (id) => members.database?.has(id) === true, priority: 1 },
      { name: "shared", test: (id) => !id.includes("/src/messages/"), minShareCount: 15, priority: 0 },
    ],
  },
});

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
