import { createInterface } from "node:readline";
import type { Terminal } from "../../cli/terminal.ts";
import { choiceProblems, type StarterChoice } from "../init/starter-files.ts";
import { starterShops } from "../init/starter-shops.ts";

type Member = keyof StarterChoice;

const kinds = starterShops.map(({ kind }) => kind);

/** What is asked, in this order, and what an empty answer means. */
const questions: readonly { member: Member; question: string; usual: (so_far: StarterChoice) => string }[] = [
  {
    member: "issuer",
    question: "The receiver's public https address (tokens carry it, so decide it once)",
    usual: () => "http://127.0.0.1:8787",
  },
  { member: "name", question: "Your product's name, as customers read it", usual: () => "Acme Paint" },
  {
    member: "product",
    question: "Its id in tokens and links",
    usual: ({ name = "" }) => idOf(name) || "acme-paint",
  },
  { member: "shop", question: `Where you sell it (${kinds.join(", ")})`, usual: () => "stripe" },
];

/**
 * Asks for what was not said on the command line, where a person sits at the terminal; elsewhere nothing is asked. What
 * does not fit is asked again, with the reason. The end of the input takes what is usual.
 */
export async function askMissing(
  { stdin, stdout, stderr }: Terminal,
  named: StarterChoice,
): Promise<StarterChoice> {
  const isPerson = [stdin as { isTTY?: boolean }, stdout, stderr].every((one) => one.isTTY === true);
  const missing = questions.filter(({ member }) => named[member] === undefined);
  if (!isPerson || missing.length === 0) return named;
  const lines = createInterface({ input: stdin, output: stderr });
  // Read as a whole, since what is typed ahead of a question would be lost between two of them.
  const typed = lines[Symbol.asyncIterator]();
  let hasEnded = false;
  lines.once("close", () => {
    hasEnded = true;
  });
  const chosen = { ...named };
  try {
    for (const { member, question, usual } of missing) {
      const usually = usual(chosen);
      for (;;) {
        stderr.write(`${question} [${usually}]\n`);
        if (!hasEnded) lines.prompt();
        const { value = "" } = await typed.next();
        const answer = value.trim() || usually;
        const problem = choiceProblems[member](answer);
        if (problem === undefined) {
          chosen[member] = answer;
          break;
        }
        stderr.write(`${answer}: ${problem}.\n`);
      }
    }
    return chosen;
  } finally {
    lines.close();
  }
}

/** An id made of a name: letters without their marks, digits, and hyphens between. */
function idOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 64);
}
