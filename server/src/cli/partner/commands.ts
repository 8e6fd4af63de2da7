import type { Command } from "commander";
import type { Run } from "../command-line.ts";
import { describeNoun } from "../describe-command.ts";
import { addPartnerAdd } from "./add.ts";
import { addPartnerEdit } from "./edit.ts";
import { addPartnerEnd } from "./end.ts";
import { addPartnerFormLink } from "./form-link.ts";
import { addPartnerHistory } from "./history.ts";
import { addPartnerKeyCommands } from "./key.ts";
import { addPartnerList } from "./list.ts";
import { addPartnerResume } from "./resume.ts";
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
  addPartnerResume(noun, run);
  addPartnerHistory(noun, run);
  addPartnerKeyCommands(noun, run);
  addPartnerFormLink(noun, run);
  addPartnerWebhookCommands(noun, run);
}
