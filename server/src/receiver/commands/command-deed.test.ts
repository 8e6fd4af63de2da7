import { Command } from "commander";
import { expect, it } from "vitest";
import { deedOf } from "./command-deed.ts";

/** A command of a noun, with what was typed behind it. */
async function typed(words: string, args: string, values: readonly string[]): Promise<Command> {
  const program = new Command("tallystick");
  let at = program;
  for (const word of words.split(" ")) at = at.command(word);
  at.arguments(args)
    .option("--batch <name>")
    .option("--reason <code>")
    .action(() => {});
  await program.parseAsync([...words.split(" "), ...values], { from: "user" });
  return at;
}

it.each([
  ["partner end", "<id>", ["north"], "north"],
  ["order correct", "<shop> <order>", ["own", "A-1"], "own A-1"],
  ["customer remove", "<id>", ["cu_1"], "cu_1"],
  ["customer move", "<id>", ["or_1"], "or_1"],
  ["network link", "<network> <partner>", ["awin", "north"], "awin north"],
  ["network unlink", "<network> <partner>", ["awin", "north"], "awin north"],
  ["mail retry", "<id>", ["m_1"], "m_1"],
  ["serial assign", "[none]", ["--batch", "b1"], "b1"],
  // An address, a serial and a token are never what an entry says.
  ["customer add", "<email>", ["ann@works.example"], undefined],
  ["email erase", "<email>", ["ann@works.example"], undefined],
  ["serial show", "<serial>", ["AAAA-BBBB"], undefined],
  ["token verify", "<token>", ["eyJ"], undefined],
  ["deal register", "<partner> <customer>", ["north", "works.example"], undefined],
])("says what `%s %s` is about", async (words, args, values, subject) => {
  expect(deedOf(await typed(words, args, values))).toMatchObject({ action: words, subject });
});
