import { type FileHandle, open, rm } from "node:fs/promises";
import { groupVoucherCode } from "@tallystick/sdk/protocol";
import { CommandRefusal } from "../../cli/failure.ts";
import type { Deps } from "../../deps/deps.ts";
import type { Instant } from "../../words/clock.ts";
import type { VoucherBatch } from "../batch.ts";
import type { IssuedVoucher } from "../issue.ts";
import type { SheetTitle } from "../sheet.ts";

/** The files that codes are written to. They are made before anything is issued, for their owner's eyes only. */
export interface VoucherFiles {
  readonly paths: readonly string[];
  /** Writes what stands before the vouchers. */
  begin(deps: Deps, batch: VoucherBatch, expiresAt: Instant | undefined): Promise<void>;
  write(vouchers: readonly IssuedVoucher[]): Promise<void>;
  /** Writes what stands behind the vouchers, and waits until all is on the disk. */
  end(): Promise<void>;
  /** Closes the files; those to which nothing was written are removed. */
  close(): Promise<void>;
}

/**
 * Makes the files that were asked for.
 *
 * @throws {CommandRefusal} `files_exist` when there is one already: it may hold codes that stand nowhere else
 */
export async function openVoucherFiles(paths: {
  out?: string | undefined;
  sheet?: string | undefined;
}): Promise<VoucherFiles> {
  const opened = new Map<string, FileHandle>();
  let begun = false;
  let title: SheetTitle | undefined;
  const close = async () => {
    for (const [path, file] of opened) {
      await file.close();
      if (!begun) await rm(path, { force: true });
    }
    opened.clear();
  };
  const make = async (path: string | undefined) => {
    if (path === undefined) return undefined;
    const file = await makeFile(path);
    opened.set(path, file);
    return file;
  };
  try {
    const out = await make(paths.out);
    const sheet = await make(paths.sheet);
    const drawing = await import("../sheet.ts");
    return {
      paths: [...opened.keys()],
      async begin(deps, batch, expiresAt) {
        begun = true;
        if (sheet === undefined) return;
        title = await (await import("../voucher-sheet.ts")).sheetTitle(deps, batch, expiresAt);
        await sheet.appendFile(drawing.sheetHead(title));
      },
      async write(vouchers) {
        await out?.appendFile(vouchers.map(({ code }) => `${groupVoucherCode(code)}\n`).join(""));
        if (title !== undefined) await sheet?.appendFile(drawing.sheetPages(title, vouchers));
      },
      async end() {
        if (title !== undefined) await sheet?.appendFile(drawing.sheetFoot(title));
        for (const file of opened.values()) await file.sync();
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function makeFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, "wx", 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new CommandRefusal(
      "files_exist",
      `There is a file ${path} already, and it may hold codes: name another, or move it away.`,
    );
  }
}
