import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** The tools that the tests call, and the Debian package that brings each. */
const packageOf: Readonly<Record<string, string>> = {
  openssl: "openssl",
  osslsigncode: "osslsigncode",
  sbsign: "sbsigntool",
  makensis: "nsis",
  "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
  chktrust: "mono-devel",
  "/usr/lib/wine/wine64": "wine64",
  wixl: "wixl",
  msiinfo: "msitools",
  jarsigner: "default-jdk-headless",
  zip: "zip",
  unzip: "unzip",
  "7z": "p7zip-full",
  "dpkg-deb": "dpkg",
  xorriso: "xorriso",
  genisoimage: "genisoimage",
  implantisomd5: "isomd5sum",
  dmg2img: "dmg2img",
  mksquashfs: "squashfs-tools",
  unsquashfs: "squashfs-tools",
  zstd: "zstd",
  pzstd: "zstd",
  pigz: "pigz",
  busybox: "busybox",
  debsigs: "debsigs",
  "debsig-verify": "debsig-verify",
  gpg: "gnupg",
  apksigner: "apksigner",
  python3: "python3",
  cc: "gcc",
  "/usr/include/elf.h": "libc6-dev",
  readelf: "binutils",
};

/** Installs what is missing, on Debian and what is made of it; elsewhere says what to install. */
export default function installTools(): void {
  const missing = Object.keys(packageOf).filter((tool) => !isInstalled(tool));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((tool) => packageOf[tool] ?? tool))];
  const apt = isInstalled("apt-get") ? commandPrefix() : undefined;
  if (apt === undefined)
    throw new Error(
      `These tools are missing: ${missing.join(", ")}. They can be installed here only by root, or by sudo without a password, with apt-get. On Debian: apt-get install ${packages.join(" ")}`,
    );
  console.log(`Installing with apt-get: ${packages.join(" ")}`);
  aptGet(apt, ["update"]);
  aptGet(apt, ["install", "--yes", "--no-install-recommends", ...packages]);
  const still = missing.filter((tool) => !isInstalled(tool));
  if (still.length > 0) throw new Error(`apt-get installed its packages, but not ${still.join(", ")}.`);
}

/** What runs a command as root, or nothing where that cannot be. */
function commandPrefix(): readonly string[] | undefined {
  if (process.getuid?.() === 0) return [];
  return spawnSync("sudo", ["--non-interactive", "true"]).status === 0
    ? ["sudo", "--non-interactive"]
    : undefined;
}

function aptGet(prefix: readonly string[], args: readonly string[]): void {
  // Another installation may be under way on this machine.
  const [command = "", ...all] = [...prefix, "apt-get", "-o", "DPkg::Lock::Timeout=300", ...args];
  const { status, stdout, stderr } = spawnSync(command, all, {
    encoding: "utf8",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`apt-get ${args.join(" ")} failed:\n${stdout.slice(-2000)}\n${stderr}`);
}

function isInstalled(tool: string): boolean {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = isAbsolute(tool) ? [tool] : [...folders, "/usr/sbin"].map((folder) => join(folder, tool));
  return places.some((place) => {
    try {
      accessSync(place, isAbsolute(tool) ? constants.F_OK : constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
