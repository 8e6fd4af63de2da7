import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";

/**
 * `npm run release [-- --out DIR]`: builds both packages from a clean tree and puts what is published into a folder: the
 * tarballs, for each a bill of materials (CycloneDX: what it installs and what is bundled in it), and the sums of all. It publishes nothing.
 */
const root = join(import.meta.dirname, "../..");
const { values } = parseArgs({ options: { out: { type: "string", default: join(root, "var/release") } } });
const packages = [
  { workspace: "sdk", name: "@tallystick/sdk" },
  { workspace: "server", name: "@tallystick/server" },
];

const run = (command: string, args: readonly string[]): string =>
  execFileSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });

/** Installed with what is copied into the server, but neither copied nor needed by it. */
const notShipped = new Set(["@scarf/scarf"]);

interface Bill {
  metadata: { component: { name: string; purl: string } };
  components: { name: string; purl: string }[];
}

/** npm's own bill of a workspace, with the package as its subject; what is bundled is a development dependency of it. */
function billOf(workspace: string, name: string): Bill {
  const args = ["sbom", "--sbom-format", "cyclonedx", "--sbom-type", "library", "-w", workspace];
  const bill: Bill = JSON.parse(run("npm", args));
  const isSubject = ({ purl }: { purl: string }) => decodeURIComponent(purl).startsWith(`pkg:npm/${name}@`);
  const subject = bill.components.find(isSubject);
  if (subject === undefined) throw new Error(`npm sbom says nothing of ${name}`);
  return {
    ...bill,
    metadata: { ...bill.metadata, component: { ...subject, name } },
    components: bill.components.filter((one) => !isSubject(one) && !notShipped.has(one.name)),
  };
}

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
  const [packed] = JSON.parse(
    run("npm", ["pack", "--json", "-w", workspace, "--pack-destination", values.out]),
  );
  const tarball: string = packed.filename;
  const bill = `${basename(tarball, ".tgz")}.cdx.json`;
  writeFileSync(join(values.out, bill), `${JSON.stringify(billOf(workspace, name), null, 2)}\n`);
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
    ...made
      .filter((file) => file.endsWith(".tgz"))
      .map((file) => `  npm publish --provenance --access public ${file}`),
    "Whoever installs them checks it with: npm audit signatures",
    "",
  ].join("\n")}`,
);
