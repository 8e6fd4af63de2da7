import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./tool.ts";

/** Builds a program of 2 KB with mingw that ends with 7 and needs nothing. Its header has a checksum. */
export function buildProgram(folder: string, name = "program.exe"): string {
  const [source, program] = [join(folder, "program.c"), join(folder, name)];
  writeFileSync(source, "int start(void) { return 7; }\n");
  const small = ["-Os", "-s", "-nostdlib", "-fno-asynchronous-unwind-tables", "-Wl,-e,start"];
  run("x86_64-w64-mingw32-gcc", [...small, "-o", program, source]);
  return program;
}

/** Builds an installer with NSIS: 64 bits, or the 32 bits that NSIS makes by default. */
export function buildInstaller(
  folder: string,
  name: string,
  { bits, script }: { bits: 32 | 64; script: string },
): string {
  const [nsi, installer] = [join(folder, `${name}.nsi`), join(folder, `${name}.exe`)];
  const target = bits === 64 ? "Target amd64-unicode" : "Unicode true";
  writeFileSync(
    nsi,
    `${target}\nName "Acme Paint"\nOutFile "${installer}"\nRequestExecutionLevel user\n${script}\n`,
  );
  run("makensis", ["-V2", nsi]);
  return installer;
}
