import { Command, Option } from "commander";
import { addAdjustmentCommands } from "../adjustments/cli/commands.ts";
import { addAuditCommands } from "../audit/cli/commands.ts";
import { addAgreementCommands } from "../channel/cli/agreement-commands.ts";
import type { Terminal } from "../cli/terminal.ts";
import { version } from "../cli/version.ts";
import { addConflictRuleCommands } from "../conflict-rules/cli/commands.ts";
import { addCouponCommands } from "../coupons/cli/commands.ts";
import { addNoticeCommands } from "../customer-notices/cli/commands.ts";
import { addCustomerCommands } from "../customers/cli/commands.ts";
import { addDealCommands } from "../deals/cli/commands.ts";
import type { Run } from "../deps/run.ts";
import { addDisputeCommands } from "../disputes/cli/commands.ts";
import { addImportCommand } from "../imports/cli/commands.ts";
import { addShopCommands } from "../intake/cli/commands.ts";
import { addKeyCommands } from "../keys/cli/commands.ts";
import { addMailCommands } from "../mail/cli/commands.ts";
import { addNetworkCommands, addOutboxRun } from "../networks/cli/commands.ts";
import { addOrderCommands } from "../orders/cli/commands.ts";
import { addOutboxCommands } from "../outbox/cli/commands.ts";
import { addPayoutCommands } from "../payouts/cli/commands.ts";
import { addPeriodCommands } from "../periods/cli/commands.ts";
import { addPlanCommands } from "../plans/cli/commands.ts";
import { addEmailCommands } from "../registered-emails/cli/commands.ts";
import { addReportCommands } from "../reports/cli/commands.ts";
import { addSerialCommands } from "../serials/cli/commands.ts";
import { addMovementCommands } from "../serials/cli/movement-commands.ts";
import { addPlanAnnounce, addPlanSimulate } from "../simulations/cli/commands.ts";
import { addStampCommands } from "../stamp/cli/commands.ts";
import { addStatementCommands } from "../statements/cli/commands.ts";
import { addTokenCommands } from "../tokens/cli/commands.ts";
import { addVoucherCommands } from "../vouchers/cli/commands.ts";
import { addBackups } from "./backup-commands.ts";
import { addCompletion } from "./completion.ts";
import { addInit } from "./init.ts";
import { addLedgerCommands } from "./ledger-commands.ts";
import { addPartnerCommands } from "./partner-commands.ts";
import { addPepperCommands } from "./pepper-commands.ts";
import { addPersonCommands } from "./person-commands.ts";
import { addServe } from "./serve-command.ts";

/** The whole command line. Its files only describe commands; what a command needs is loaded when it runs. */
export function createProgram(terminal: Terminal, run: Run): Command {
  const program = new Command("tallystick")
    .description("The receiver: credits the reseller who sold a software licence when it is renewed.")
    .version(version, "-V, --version", "print the version")
    .addOption(
      new Option("--config <file>", "the configuration (TALLYSTICK_CONFIG, ./tallystick.config.json)"),
    )
    .option("--json", "print one JSON document on standard output, and nothing else there")
    .option("--tsv", "print the result as tab-separated values, a line a row, with the names of --json")
    .helpOption("-h, --help", "print this help")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
    })
    .addHelpText("after", "\nExit codes: 0 done, 1 refused or failed, 2 wrong use or configuration.")
    .exitOverride();
  addInit(program, run);
  addServe(program, run);
  addBackups(program, run);
  addKeyCommands(program, run);
  addPepperCommands(program, run);
  addPartnerCommands(program, run);
  addAgreementCommands(program, run);
  addTokenCommands(program, run);
  addStampCommands(program, run);
  addCouponCommands(program, run);
  addEmailCommands(program, run);
  addSerialCommands(program, run);
  addMovementCommands(program, run);
  addVoucherCommands(program, run);
  addShopCommands(program, run);
  addPeriodCommands(program, run);
  addDealCommands(program, run);
  addCustomerCommands(program, run);
  addConflictRuleCommands(program, run);
  const plans = addPlanCommands(program, run);
  addPlanSimulate(plans, run);
  addPlanAnnounce(plans, run);
  addOrderCommands(program, run);
  addLedgerCommands(program, run);
  addAdjustmentCommands(program, run);
  addStatementCommands(program, run);
  addPayoutCommands(program, run, async () => (await import("./payout-blocks.ts")).payoutBlocks);
  addDisputeCommands(program, run);
  addImportCommand(program, run);
  addReportCommands(program, run);
  addAuditCommands(program, run);
  addPersonCommands(program, run);
  addNoticeCommands(program, run);
  addMailCommands(program, run);
  addNetworkCommands(program, run);
  addOutboxRun(addOutboxCommands(program, run), run);
  addCompletion(program, run);
  return program;
}
