import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

interface SourceFile {
  /** Relative to the repository's root, with slashes. */
  path: string;
  text: string;
  /** What it imports: paths relative to the root, or names of packages. */
  imports: string[];
}

function readFolder(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?ts$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !/(^|\/)(node_modules|dist|var)\//.test(path))
    .map((path) => {
      const text = readFileSync(join(root, path), "utf8");
      return { path, text, imports: importsOf(path, text) };
    });
}

function importsOf(path: string, text: string): string[] {
  const found = text.matchAll(
    /(?:^|\s)(?:import|export)\s[^'"`;]*?from\s+["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)|^import\s+["']([^"']+)["']/gm,
  );
  return [...found].map(([, from, lazy, bare]) => {
    const target = from ?? lazy ?? bare ?? "";
    return target.startsWith(".") ? join(dirname(path), target).replaceAll("\\", "/") : target;
  });
}

const all = ["sdk", "server", "demo-app", "test"].flatMap(readFolder);
const isTest = (path: string) => /\.test\.ts$|^test\//.test(path);
const sources = all.filter(({ path }) => !isTest(path) && path.includes("/src/"));

/** The room of a server's file: its folder below src, or the file itself when it stands at the top. */
const roomOf = (path: string) =>
  /^(?:sdk|server|demo-app)\/src\/([^/]+)/.exec(path)?.[1]?.replace(/\.ts$/, "") ?? "";
const inPackage = (name: string) => sources.filter(({ path }) => path.startsWith(`${name}/src/`));

/** What every room may use: words, not deeds. */
const words = ["ids", "clock", "money", "refusal", "log", "deps"];

/** Which rooms of the server a room may import. Arrows run one way: http, cli -> shells -> pure core; shells -> store. */
const mayImport: Record<string, string[]> = {
  attribution: ["ids", "clock"],
  commission: ["ids", "clock", "money", "ledger"],
  ledger: ["ids", "clock", "money"],
  shops: ["ids", "clock", "money", "config"],
  store: [...words, "attribution", "ledger", "shops", "config"],
  config: [...words, "attribution"],
  limits: [...words, "config", "store"],
  networks: [...words, "config", "random-hex", "store", "outbox", "outgoing"],
  deliveries: [...words, "config", "purchase", "random-hex", "shops", "store"],
  stamp: [],
  outgoing: [],
  outbox: [...words, "config", "ledger", "order-key", "outgoing", "random-hex", "serials", "shops", "store"],
};

const entrances = ["http", "cli", "app", "main", "index", "pages"];

describe("the rooms", () => {
  it.each(Object.entries(mayImport))("%s imports nothing but what it may", (room, allowed) => {
    const wrong = inPackage("server")
      .filter(({ path }) => roomOf(path) === room)
      .flatMap(({ path, imports }) =>
        imports
          .filter((target) => target.startsWith("server/src/"))
          .filter((target) => ![room, ...allowed].includes(roomOf(target)))
          .map((target) => `${path} -> ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it("keeps the entrances out of everything behind them", () => {
    const wrong = inPackage("server")
      .filter(({ path }) => !entrances.includes(roomOf(path)))
      .flatMap(({ path, imports }) =>
        imports
          .filter((target) => target.startsWith("server/src/") && entrances.includes(roomOf(target)))
          .map((target) => `${path} -> ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it("keeps http and the command line apart", () => {
    const crossing = inPackage("server").flatMap(({ path, imports }) =>
      imports
        .filter((target) => ["cli http", "http cli"].includes(`${roomOf(path)} ${roomOf(target)}`))
        .map((target) => `${path} -> ${target}`),
    );
    expect(crossing).toEqual([]);
  });

  it("lets the protocol import nothing but itself and jose", () => {
    const wrong = inPackage("sdk")
      .filter(({ path }) => path.startsWith("sdk/src/protocol/"))
      .flatMap(({ path, imports }) =>
        imports
          .filter((target) => !target.startsWith("sdk/src/protocol/") && !/^(jose|zod\/mini)/.test(target))
          .map((target) => `${path} -> ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it("has no files that import each other in a circle", () => {
    const byPath = new Map(sources.map((file) => [file.path, file]));
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, trail: string[]) => {
      if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(" -> "));
      if (done.has(path) || trail.includes(path)) return;
      const file = byPath.get(path);
      const loaded = file === undefined ? [] : importsOf(path, withoutTypeImports(file.text));
      for (const target of loaded) visit(target, [...trail, path]);
      done.add(path);
    };
    for (const { path } of sources) visit(path, []);
    expect(circles).toEqual([]);
  });
});

/** Types are gone when the program runs, so a circle of types alone is none. */
const withoutTypeImports = (text: string) => text.replaceAll(/^(import|export) type [^;]+;/gm, "");

describe("the pure rooms", () => {
  const pure = sources.filter(({ path }) =>
    /^(server\/src\/(attribution|commission|ledger)|sdk\/src\/renewal)\//.test(path),
  );

  it("exist", () => {
    expect(pure.length).toBeGreaterThan(8);
  });

  it.each([
    ["a clock", /Date\.now|new Date\(\)|performance\.|setTimeout|setInterval/],
    ["the network, the disk or the process", /\bfetch\(|process\.|from "node:|console\./],
    ["chance", /Math\.random|randomBytes|randomUUID/],
  ])("use neither %s", (_what, pattern) => {
    expect(pure.filter(({ text }) => pattern.test(withoutComments(text))).map(({ path }) => path)).toEqual(
      [],
    );
  });
});

const withoutComments = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");

describe("the files", () => {
  it("have at most 300 lines", () => {
    const long = all.filter(({ text }) => text.split("\n").length > 301).map(({ path }) => path);
    expect(long).toEqual([]);
  });

  it("are named in kebab case, and for what they hold", () => {
    const odd = all.filter(({ path }) => {
      const name = path.split("/").at(-1) ?? "";
      const vague = /(^|[-/])(utils?|helpers?|common|manager|service|data|info|misc)([-./]|$)/;
      return !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.[cm]?ts$/.test(name) || vague.test(path);
    });
    expect(odd.map(({ path }) => path)).toEqual([]);
  });

  it("read the environment at the entrances alone", () => {
    const allowed =
      /^(server\/src\/(main|cli\/main|cli\/testing\/spawn-command-line)\.ts|demo-app\/src\/main\.ts|sdk\/src\/runtime\/surroundings\.ts)$/;
    const readers = sources.filter(({ text }) => /process\.env/.test(withoutComments(text)));
    expect(readers.map(({ path }) => path).filter((path) => !allowed.test(path))).toEqual([]);
  });

  it("leave nothing for later", () => {
    const marks = new RegExp(
      ["TO" + "DO", "FIX" + "ME", "X" + "XX"].map((mark) => `\\b${mark}\\b`).join("|"),
    );
    expect(all.filter(({ text }) => marks.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("document every export of the packages", () => {
    const bare = sources.flatMap(({ path, text }) => {
      const lines = text.split("\n");
      return lines.flatMap((line, index) => {
        if (!/^export (async |abstract )?(function\*?|const|class|interface|type) \w/.test(line)) return [];
        let before = index - 1;
        while (/^\s*(\/\/ biome|@)/.test(lines[before] ?? "")) before--;
        return /\*\/\s*$/.test(lines[before] ?? "") ? [] : [`${path}:${index + 1} ${line.slice(0, 60)}`];
      });
    });
    expect(bare).toEqual([]);
  });
});
