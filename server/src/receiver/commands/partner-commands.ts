import type { Command } from "commander";
import { addPartnerKeyCommands } from "../../access/cli/commands.ts";
import {
  addPartnerAdd,
  addPartnerEdit,
  addPartnerEnd,
  addPartnerHistory,
  addPartnerList,
  addPartnerMerge,
  addPartnerResume,
  addPartnerShow,
  addPartnerSuspend,
} from "../../channel/cli/commands.ts";
import { addPartnerPosition, addPartnerTree } from "../../channel/cli/tree-commands.ts";
import type { Run } from "../../deps/run.ts";
import { addPartnerWebhookCommands } from "../../outbox/cli/webhook-commands.ts";
import { addPartnerDetailsCommands } from "../../partner-details/cli/commands.ts";
import { addPartnerFormLink } from "../../registered-emails/cli/commands.ts";
import { printMove } from "../../simulations/cli/commands.ts";

/** Adds the commands about partners. */
export function addPartnerCommands(noun: Command, run: Run): void {
  addPartnerAdd(noun, run);
  addPartnerList(noun, run);
  addPartnerShow(noun, run);
  addPartnerEdit(noun, run, printMove);
  addPartnerEnd(noun, run);
  addPartnerSuspend(noun, run);
  addPartnerMerge(noun, run);
  addPartnerResume(noun, run);
  addPartnerHistory(noun, run);
  addPartnerTree(noun, run);
  addPartnerPosition(noun, run);
  addPartnerDetailsCommands(noun, run);
  addPartnerKeyCommands(noun, run);
  addPartnerFormLink(noun, run);
  addPartnerWebhookCommands(noun, run);
}
