import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";

/**
 * `npm run release [-- --out DIR]`: builds both packages from a clean tree and puts what is published into a folder: the
 * tarballs, for each a bill of materials (CycloneDX, of what it installs), and the sums of all. It publishes nothing.
 */
const root = join(import.meta.dirname, "../..");
const { values } = parseArgs({ options: { out: { type: "string", default: join(root, "var/release") } } });
const packages = [
  { workspace: "sdk", name: "@tallystick/sdk" },
  { workspace: "server", name: "@tallystick/server" },
];

const run = (command: string, args: readonly string[]): string =>
  execFileSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });

const changed = run("git", ["status", "--porcelain"]).trim();
if (changed !== "") {
  process.stderr.write(`A release is made of what is committed. Commit or remove first:\n${changed}\n`);
  process.exit(1);
}

rmSync(values.out, { recursive: true, force: true });
mkdirSync(values.out, { recursive: true });
const made: string[] = [];
for (const { workspace, name } of packages) {
  process.stderr.write(`${name}: building\n`);
  run("npm", ["run", "--silent", "build", "-w", workspace]);
  const [packed] = JSON.parse(run("npm", ["pack", "--json", "-w", workspace, "--pack-destination", values.out]));
  const tarball: string = packed.filename;
  const bill = `${basename(tarball, ".tgz")}.cdx.json`;
  writeFileSync(
    join(values.out, bill),
    run("npm", ["sbom", "--sbom-format", "cyclonedx", "--sbom-type", "library", "--omit", "dev", "-w", workspace]),
  );
  made.push(tarball, bill);
}
const sums = made.map((file) => {
  const sum = createHash("sha256").update(readFileSync(join(values.out, file)));
  return `${sum.digest("hex")}  ${file}\n`;
});
writeFileSync(join(values.out, "SHA256SUMS"), sums.join(""));
process.stdout.write(
  `${[
    `In ${values.out}, of ${run("git", ["rev-parse", "HEAD"]).trim()}:`,
    ...[...made, "SHA256SUMS"].map((file) => `  ${file}`),
    "",
    "To publish, in a CI job that may ask for an identity token (id-token: write), so that npm can say which commit and",
    "which job the tarballs are made by:",
    ...made.filter((file) => file.endsWith(".tgz")).map((file) => `  npm publish --provenance --access public ${file}`),
    "Whoever installs them checks it with: npm audit signatures",
    "",
  ].join("\n")}`,
);
