import type { Command } from "commander";
import { addPartnerKeyCommands } from "../access/cli/key.ts";
import { addPartnerAdd } from "../channel/cli/add.ts";
import { addPartnerEdit } from "../channel/cli/edit.ts";
import { addPartnerEnd } from "../channel/cli/end.ts";
import { addPartnerHistory } from "../channel/cli/history.ts";
import { addPartnerList } from "../channel/cli/list.ts";
import { addPartnerResume } from "../channel/cli/resume.ts";
import { addPartnerShow } from "../channel/cli/show.ts";
import { describeNoun } from "../cli/describe-command.ts";
import type { Run } from "../deps/run.ts";
import { addPartnerWebhookCommands } from "../outbox/cli/webhook.ts";
import { addPartnerFormLink } from "../registered-emails/cli/form-link.ts";

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
