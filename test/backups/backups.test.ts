import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { restoreBackup } from "../../server/src/backups/restore-backup.ts";
import { verifyBackup } from "../../server/src/backups/verify-backup.ts";
import { openBackupWorld } from "./backup-world.ts";

const passphrase = "sixteen bytes at the least";
const verify = (file: string, words?: string) =>
  verifyBackup({ file, tryOut: async () => [], ...(words === undefined ? {} : { passphrase: words }) });

describe("a backup", () => {
  it("is made, tried and restored by the command line, sealed, and serves as the receiver did", async () => {
    const world = await openBackupWorld();
    const file = world.beside("backup");
    writeFileSync(world.beside("words"), `${passphrase}\n`);
    const seal = ["--passphrase-file", world.beside("words")];
    const made = await world.run("backup", "create", file, ...seal, "--json");
    expect(made).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(made.stdout)).toMatchObject({
      file,
      sealed: true,
      bytes: statSync(file).size,
      manifest: { database: { engine: "sqlite", rows: { partners: 1, orders: 0 } }, variables: [] },
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await world.run("backup", "verify", file, ...seal)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("The backup is good."),
    });
    const dir = world.beside("restored");
    expect(await world.run("backup", "restore", file, "--dir", dir, ...seal)).toMatchObject({ code: 0 });
    const config = join(dir, "tallystick.config.json");
    const partners = await world.run("partner", "list", "--json", "--config", config);
    expect(JSON.parse(partners.stdout)).toMatchObject([{ id: "north" }]);
    const names = (folder: string) => readdirSync(join(folder, "var/keys")).sort();
    expect(names(dir)).toEqual(names(world.folder));
    for (const name of names(dir)) {
      const read = (folder: string) => readFileSync(join(folder, "var/keys", name), "utf8").trim();
      expect(read(dir)).toBe(read(world.folder));
    }
    const read = (path: string) => readFileSync(path, "utf8").trim();
    const { adminToken } = JSON.parse(read(config));
    expect(read(join(dir, adminToken.file))).toBe(read(join(world.folder, "var/admin-token")));
  });

  it("is one of two that are made at once into one file; the other is refused", async () => {
    const world = await openBackupWorld();
    const both = await Promise.allSettled([world.backup("at-once"), world.backup("at-once")]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "files_exist" },
    });
    await verify(world.beside("at-once"));
    expect(readdirSync(world.beside(".")).sort()).toEqual(["at-once", "receiver"]);
  });

  it("leaves nothing else behind, and writes over nothing", async () => {
    const world = await openBackupWorld();
    const before = readdirSync(world.folder, { recursive: true }).sort();
    const file = await world.backup("backup");
    expect(readdirSync(world.folder, { recursive: true }).sort()).toEqual(before);
    expect(readdirSync(world.beside(".")).sort()).toEqual(["backup", "receiver"]);
    await expect(world.backup("backup")).rejects.toMatchObject({ code: "files_exist" });
    await expect(restoreBackup({ file, dir: world.folder })).rejects.toMatchObject({ code: "files_exist" });
    await verify(file);
    expect(readdirSync(world.beside(".")).sort()).toEqual(["backup", "receiver"]);
    mkdirSync(world.beside("empty"));
    await restoreBackup({ file, dir: world.beside("empty") });
    expect(existsSync(world.beside("empty/var/tallystick.db"))).toBe(true);
  });

  it("is an archive that tar reads, with the names of what is in it", async () => {
    const world = await openBackupWorld();
    const file = await world.backup("backup");
    const listed = execFileSync("tar", ["-tzf", file], { encoding: "utf8" }).trim().split("\n");
    const kid = readdirSync(join(world.folder, "var/keys")).find((name) => name.endsWith(".jwk"));
    expect(listed).toEqual([
      "manifest.json",
      "config.json",
      "pepper",
      `keys/${kid}`,
      "secrets/1",
      "secrets/2",
      "secrets/3",
      "database.sqlite",
    ]);
  });

  it("keeps a pepper that stood in a variable, and says which secrets are still needed", async () => {
    const world = await openBackupWorld((written) => ({ ...written, adminToken: { env: "ADMIN" } }));
    const made = await world.run("backup", "create", world.beside("backup"));
    expect(made.stderr).toContain("Not in it, since variables hold them: ADMIN.");
  });

  it("says what is damaged wherever it is, and makes no folder of it", async () => {
    const world = await openBackupWorld();
    const whole = readFileSync(await world.backup("backup"));
    const archive = gunzipSync(whole);
    const spoil = (name: string, bytes: Buffer) => {
      writeFileSync(world.beside(name), bytes);
      return restoreBackup({ file: world.beside(name), dir: world.beside("never") });
    };
    const flipped = (at: number) => {
      const copy = Buffer.from(archive);
      copy.writeUInt8((copy[at] ?? 0) ^ 1, at);
      return gzipSync(copy, { level: 1 });
    };
    const at = (text: string) => archive.indexOf(text);
    const damage: [string, Buffer][] = [
      ["cut in the middle", whole.subarray(0, whole.length / 2)],
      ["cut at the end", whole.subarray(0, -1)],
      ["changed in the database", flipped(at("SQLite format 3") + 5_000)],
      ["changed in the configuration", flipped(archive.lastIndexOf('"issuer"') + 3)],
      ["with a name of its own", flipped(at("secrets/1\0"))],
      ["archive cut", gzipSync(archive.subarray(0, -2_000), { level: 1 })],
    ];
    for (const [name, bytes] of damage) {
      await expect(spoil(name, bytes), name).rejects.toMatchObject({ code: "backup_damaged" });
    }
    for (const bytes of [Buffer.from("no backup"), Buffer.alloc(0), gzipSync(Buffer.alloc(2_000))]) {
      await expect(spoil("foreign", bytes)).rejects.toMatchObject({ code: /^backup_(foreign|damaged)$/ });
    }
    expect(readdirSync(world.beside(".")).filter((name) => name.startsWith("never"))).toEqual([]);
    expect(readdirSync(world.beside(".")).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("asks for the passphrase, and refuses one that is wrong, short or not there", async () => {
    const world = await openBackupWorld();
    const file = await world.backup("backup", passphrase);
    await expect(verify(file)).rejects.toMatchObject({ code: "passphrase_missing" });
    await expect(verify(file, "another one, as long")).rejects.toMatchObject({ code: "passphrase_wrong" });
    expect((await verify(file, passphrase)).ok).toBe(true);
    writeFileSync(world.beside("short"), "short\n");
    const refused = await world.run(
      "backup",
      "verify",
      file,
      "--passphrase-file",
      world.beside("short"),
      "--json",
    );
    expect(JSON.parse(refused.stdout).error.code).toBe("passphrase_unfit");
    const missing = await world.run("backup", "verify", world.beside("nothing"), "--json");
    expect(missing.code).toBe(1);
    expect(JSON.parse(missing.stdout).error.code).toBe("file_missing");
  });

  it("is not good when a key of the database is missing", async () => {
    const world = await openBackupWorld();
    const [key = ""] = readdirSync(world.config.keysFolder).filter((name) => name.endsWith(".jwk"));
    execFileSync("rm", [join(world.config.keysFolder, key)]);
    const file = await world.backup("backup");
    const tried = await world.run("backup", "verify", file);
    expect(tried.code).toBe(1);
    expect(tried.stdout).toContain(key.replace(".jwk", ""));
  });

  it("says on PostgreSQL what to do instead and what to add, and no password", async () => {
    const world = await openBackupWorld((written) => ({
      ...written,
      database: "postgres://tally:hidden@db.example/tally",
    }));
    const refused = await world.run("backup", "create", world.beside("backup"));
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain(
      'pg_dump --format=custom --file tallystick.dump "postgres://tally@db.example/tally"',
    );
    for (const path of ["tallystick.config.json", "var/keys", "var/admin-token", "var/stripe.secret"]) {
      expect(refused.stderr).toContain(join(world.folder, path));
    }
    expect(refused.stderr).not.toContain("hidden");
    expect(existsSync(world.beside("backup"))).toBe(false);
  });
});
