import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { groups, type House, houses, serverRooms, spanningTests } from "./house.ts";

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

/** The room of a file: its folder below src, or the file itself when it stands at the top. */
const roomOf = (path: string) =>
  /^(?:sdk|server|demo-app)\/src\/([^/]+)/.exec(path)?.[1]?.replace(/\.ts$/, "") ?? "";
const inPackage = (name: string) => sources.filter(({ path }) => path.startsWith(`${name}/src/`));

/** The shelf of a noun's room that a file stands on: rows below verbs, verbs below the faces. */
const shelfOf = (path: string) => /^server\/src\/[^/]+\/(rows|api|cli|pages)\//.exec(path)?.[1] ?? "verbs";
const faces = ["api", "cli", "pages"];
const pureRooms = ["attribution", "commission", "ledger", "agreements"];
const server = inPackage("server");
const arrowsOf = (files: readonly SourceFile[], name = "server") =>
  files.flatMap(({ path, imports }) =>
    imports.filter((target) => target.startsWith(`${name}/src/`)).map((target) => ({ path, target })),
  );
const written = (arrows: readonly { path: string; target: string }[]) =>
  arrows.map(({ path, target }) => `${path} -> ${target}`);

describe.each(Object.entries(houses))("the rooms of %s", (name, { rooms, entrances }) => {
  const files = inPackage(name);
  const house: House = rooms;

  it("all stand in the table, and the table names no other", () => {
    const found = new Set(files.map(({ path }) => roomOf(path)));
    expect([...found].sort()).toEqual([...Object.keys(house), ...entrances].sort());
  });

  it.each(Object.entries(house))("%s imports nothing but what it may", (room, allowed) => {
    const own = files.filter(({ path }) => roomOf(path) === room);
    const wrong = arrowsOf(own, name).filter(({ target }) => ![room, ...allowed].includes(roomOf(target)));
    expect(written(wrong)).toEqual([]);
  });

  it("have no circle among them, types included", () => {
    const line = (room: string, trail: readonly string[]): string[][] =>
      trail.includes(room)
        ? [[...trail.slice(trail.indexOf(room)), room]]
        : (house[room] ?? []).flatMap((next) => line(next, [...trail, room]));
    expect(Object.keys(house).flatMap((room) => line(room, []))).toEqual([]);
  });
});

describe("the rooms", () => {
  it("of the server stand in ARCHITECTURE.md as they stand in the table", () => {
    const page = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
    const text = page.slice(page.indexOf("| words |"), page.indexOf("| receiver |"));
    const lines = [...text.matchAll(/^\| ([a-z-]+) \| [^|]+ \| ([a-z, –-]+) \|$/gm)].map(
      ([, room = "", allowed = ""]): [string, string[]] => [
        room,
        allowed.split(", ").flatMap((name) => (name === "–" ? [] : (groups[name] ?? [name]))),
      ],
    );
    const sorted = (rooms: Iterable<string>) => [...new Set(rooms)].sort();
    const shown = Object.fromEntries(lines.map(([room, allowed]) => [room, sorted(allowed)]));
    expect(shown).toEqual(
      Object.fromEntries(Object.entries(serverRooms).map(([room, allowed]) => [room, sorted(allowed)])),
    );
  });

  it.each(["server", "sdk"])("of %s are folders, but for the package's index", (name) => {
    const loose = inPackage(name).filter(({ path }) => /^\w+\/src\/[^/]+$/.test(path));
    expect(loose.map(({ path }) => path)).toEqual([`${name}/src/index.ts`]);
  });

  it("give their names to the folders of test/, but for what spans rooms", () => {
    const folders = readdirSync(join(root, "test"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const known = new Set([...Object.keys(serverRooms), ...spanningTests]);
    expect(folders.filter((name) => !known.has(name))).toEqual([]);
    expect(spanningTests.filter((name) => !folders.includes(name))).toEqual([]);
  });

  it("keep rows to words, the store, the pure rooms' types and other rooms' rows", () => {
    const wrong = arrowsOf(server.filter(({ path }) => shelfOf(path) === "rows")).filter(
      ({ target }) =>
        !["words", "store", ...pureRooms].includes(roomOf(target)) && shelfOf(target) !== "rows",
    );
    expect(written(wrong)).toEqual([]);
  });

  it("keep verbs below their faces", () => {
    const wrong = arrowsOf(server.filter(({ path }) => shelfOf(path) === "verbs")).filter(
      ({ path, target }) => roomOf(path) !== "receiver" && faces.includes(shelfOf(target)),
    );
    expect(written(wrong)).toEqual([]);
  });

  it("leave one another's faces to the receiver, which hangs them in", () => {
    const wrong = arrowsOf(server.filter(({ path }) => faces.includes(shelfOf(path)))).filter(
      ({ path, target }) => faces.includes(shelfOf(target)) && roomOf(path) !== roomOf(target),
    );
    expect(written(wrong)).toEqual([]);
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
    /^(server\/src\/(attribution|commission|ledger|agreements)|sdk\/src\/renewal)\//.test(path),
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
      /^(server\/src\/receiver\/(start\/start-receiver|main|testing\/spawn-command-line)\.ts|demo-app\/src\/main\.ts|sdk\/src\/runtime\/surroundings\.ts)$/;
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
