import { createInterface } from "node:readline";
import type { Terminal } from "../cli/terminal.ts";
import { type Chosen, problemsOf } from "./starter-files.ts";
import { type StarterKind, starterKinds } from "./starter-shops.ts";

/** Whether a person sits at both ends: then `init` may ask. */
export const canAsk = ({ stdin, stdout }: Terminal): boolean =>
  (stdin as { isTTY?: boolean }).isTTY === true && stdout.isTTY === true;

const questions: readonly { member: keyof Chosen; text: string; usual: string }[] = [
  {
    member: "issuer",
    text: "The receiver's public https address; tokens carry it, so it has to stay. This machine alone for now",
    usual: "http://127.0.0.1:8787",
  },
  { member: "product", text: "Your product's id, as tokens and links have it", usual: "acme-paint" },
  { member: "name", text: "Its name, as people read it", usual: "Acme Paint" },
  { member: "shop", text: `Where it is sold: ${starterKinds.join(", ")}`, usual: "stripe" },
];

/**
 * Asks a person for what the options leave open, on standard error. An empty line takes what stands in brackets; what
 * cannot be used is asked for again. When the input ends, the rest stays as it is usual.
 */
export async function askForStart({ stdin, stderr }: Terminal, given: Chosen): Promise<Chosen> {
  const reader = createInterface({ input: stdin, terminal: false });
  const lines = reader[Symbol.asyncIterator]();
  const chosen: Chosen = { ...given };
  try {
    for (const { member, text, usual } of questions) {
      if (given[member] !== undefined) continue;
      for (;;) {
        stderr.write(`${text} [${usual}]: `);
        const { value, done } = await lines.next();
        if (done) return chosen;
        const answer = String(value).trim();
        if (answer === "") break;
        const problem = problemWith(member, answer);
        if (problem === undefined) {
          Object.assign(chosen, { [member]: answer });
          break;
        }
        stderr.write(`${problem}.\n`);
      }
    }
    return chosen;
  } finally {
    reader.close();
  }
}

function problemWith(member: keyof Chosen, answer: string): string | undefined {
  if (member === "shop")
    return starterKinds.includes(answer as StarterKind) ? undefined : "Please take one of these";
  return problemsOf({ [member]: answer })[0]?.[1];
}
