import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RenewalClientOptions } from "@tallystick/sdk";
import type { Handout } from "../ways/way.ts";

/** Where a program finds itself when it is started. */
export type Program = Pick<NonNullable<RenewalClientOptions["surroundings"]>, "argv" | "env">;

/**
 * Puts what a customer carried home into a folder of her machine. The installer of the demo is the program itself, one
 * file as an AppImage is: its runtime names the file in `APPIMAGE`.
 *
 * @returns what the program will see of its place
 */
export async function putInPlace({ installer, sidecar }: Handout, folder: string): Promise<Program> {
  await mkdir(folder, { recursive: true });
  if (sidecar !== undefined) await writeFile(join(folder, "tallystick.token"), `${sidecar}\n`);
  const argv = ["node", join(folder, "acme-paint.js")];
  if (installer === undefined) return { argv, env: {} };
  const file = join(folder, "Acme-Paint.AppImage");
  await writeFile(file, installer.bytes);
  await chmod(file, 0o755);
  return { argv, env: { APPIMAGE: file } };
}
