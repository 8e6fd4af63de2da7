import type { Command } from "commander";
import type { Run } from "../command-line.ts";
import { describeNoun } from "../describe-command.ts";
import { addPartnerAdd } from "./add.ts";
import { addPartnerEdit } from "./edit.ts";
import { addPartnerEnd } from "./end.ts";
import { addPartnerFormLink } from "./form-link.ts";
import { addPartnerKeyCommands } from "./key.ts";
import { addPartnerList } from "./list.ts";
import { addPartnerShow } from "./show.ts";
import { addPartnerWebhookCommands } from "./webhook.ts";

/** Adds the commands about partners. */
export function addPartnerCommands(program: Command, run: Run): void {
  const noun = describeNoun(program, "partner", "distributors, resellers and affiliates");
  addPartnerAdd(noun, run);
  addPartnerList(noun, run);
  addPartnerShow(noun, run);
  addPartnerEdit(noun, run);
  addPartnerEnd(noun, run);
  addPartnerKeyCommands(noun, run);
  addPartnerFormLink(noun, run);
  addPartnerWebhookCommands(noun, run);
}
