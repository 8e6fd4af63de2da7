import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { simpleParser } from "mailparser";

/** A mail that the receiver wrote into its folder. */
export interface Letter {
  /** Its file's name. */
  file: string;
  to: string;
  subject: string;
  text: string;
  at: Date;
}

/** The folder that stands in for a mail server: nothing leaves this machine. */
export interface Mailbox {
  readonly folder: string;
  /** The newest first. */
  list(): Promise<readonly Letter[]>;
  /** Those to an address that came since it was looked at, as soon as there is one. @throws when none comes in time */
  waitFor(to: string, known: ReadonlySet<string>): Promise<Letter>;
}

const withinTries = 1_200;

/** Opens the folder, which need not be there yet. A letter never changes, so each is read once. */
export function openMailbox(folder: string): Mailbox {
  const read = new Map<string, Letter>();

  async function list(): Promise<readonly Letter[]> {
    for (const file of await filesIn(folder))
      if (!read.has(file)) read.set(file, await readLetter(folder, file));
    return [...read.values()].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.file < b.file ? 1 : -1));
  }

  return {
    folder,
    list,
    async waitFor(to, known) {
      for (let tries = 0; tries < withinTries; tries++) {
        const found = (await list()).find((letter) => letter.to === to && !known.has(letter.file));
        if (found !== undefined) return found;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`no mail to ${to} came into ${folder}`);
    },
  };
}

/** The letters' files. One that is being written has a dot before its name. */
async function filesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => /^\w[\w-]*\.eml$/.test(name));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw cause;
  }
}

async function readLetter(folder: string, file: string): Promise<Letter> {
  const { to, subject, text, date } = await simpleParser(await readFile(join(folder, file)));
  const address = [to ?? []].flat()[0]?.value[0]?.address ?? "";
  return { file, to: address, subject: subject ?? "", text: text ?? "", at: date ?? new Date(0) };
}
