import type { Command } from "commander";
import type { Run } from "../../deps/run.ts";

/** A noun of the command line: its verbs are loaded once it is named. */
export interface Noun {
  name: string;
  summary: string;
  verbs(): Promise<(noun: Command, run: Run) => void>;
}

/** All of them, in the order of the help. */
export const nouns: readonly Noun[] = [
  {
    name: "config",
    summary: "the configuration: whether a receiver would start with it",
    verbs: async () => (await import("./config-commands.ts")).addConfigCommands,
  },
  {
    name: "backup",
    summary: "one file from which a receiver is restored",
    verbs: async () => (await import("./backup-commands.ts")).addBackups,
  },
  {
    name: "key",
    summary: "the keys that sign tokens",
    verbs: async () => (await import("../../keys/cli/commands.ts")).addKeyCommands,
  },
  {
    name: "pepper",
    summary: "the key of the hashes of licences, addresses and serials",
    verbs: async () => (await import("./pepper-commands.ts")).addPepperCommands,
  },
  {
    name: "partner",
    summary: "distributors, resellers and affiliates",
    verbs: async () => (await import("./partner-commands.ts")).addPartnerCommands,
  },
  {
    name: "agreement",
    summary: "what is agreed with partners, and since when",
    verbs: async () => (await import("../../channel/cli/agreement-commands.ts")).addAgreementCommands,
  },
  {
    name: "token",
    summary: "the tokens that say which partner sold a copy",
    verbs: async () => (await import("../../tokens/cli/commands.ts")).addTokenCommands,
  },
  {
    name: "stamp",
    summary: "tokens inside installers, archives and media: put in, read, taken out",
    verbs: async () => (await import("../../stamp/cli/commands.ts")).addStampCommands,
  },
  {
    name: "coupon",
    summary: "codes for the checkout that name the partner who gave them out",
    verbs: async () => (await import("../../coupons/cli/commands.ts")).addCouponCommands,
  },
  {
    name: "email",
    summary: "customers' addresses that partners registered",
    verbs: async () => (await import("../../registered-emails/cli/commands.ts")).addEmailCommands,
  },
  {
    name: "serial",
    summary: "batches of serials, and who was given them to sell",
    verbs: async () => (await import("../../serials/cli/commands.ts")).addSerialCommands,
  },
  {
    name: "movement",
    summary: "the way of serials and media through the channel",
    verbs: async () => (await import("../../serials/cli/movement-commands.ts")).addMovementCommands,
  },
  {
    name: "voucher",
    summary: "codes on cards, each exchanged once for a serial of the pool",
    verbs: async () => (await import("../../vouchers/cli/commands.ts")).addVoucherCommands,
  },
  {
    name: "shop",
    summary: "the vendor's shops: their webhooks, and what was lost of them",
    verbs: async () => (await import("../../intake/cli/commands.ts")).addShopCommands,
  },
  {
    name: "period",
    summary: "what plans pay when a month, a quarter or a year closes",
    verbs: async () => (await import("../../periods/cli/commands.ts")).addPeriodCommands,
  },
  {
    name: "deal",
    summary: "customers that partners registered before a sale",
    verbs: async () => (await import("../../deals/cli/commands.ts")).addDealCommands,
  },
  {
    name: "reward",
    summary: "what partners give customers who renew",
    verbs: async () => (await import("../../rewards/cli/commands.ts")).addRewardCommands,
  },
  {
    name: "customer",
    summary: "who customers are: organisations, people, licences",
    verbs: async () => (await import("../../customers/cli/commands.ts")).addCustomerCommands,
  },
  {
    name: "notice",
    summary: "what the vendor tells its customers",
    verbs: async () => (await import("../../customer-notices/cli/commands.ts")).addNoticeCommands,
  },
  {
    name: "rule",
    summary: "how conflicts between partners are settled, by class",
    verbs: async () => (await import("../../conflict-rules/cli/commands.ts")).addConflictRuleCommands,
  },
  {
    name: "plan",
    summary: "what partners are paid",
    verbs: async () => (await import("./plan-commands.ts")).addPlanNoun,
  },
  {
    name: "order",
    summary: "orders, and why somebody was credited for them or nobody",
    verbs: async () => (await import("./order-commands.ts")).addOrders,
  },
  {
    name: "ledger",
    summary: "what partners are owed, and the journal behind it",
    verbs: async () => (await import("./ledger-commands.ts")).addLedgerCommands,
  },
  {
    name: "adjustment",
    summary: "what people booked by hand with `ledger adjust`",
    verbs: async () => (await import("../../adjustments/cli/commands.ts")).addAdjustmentCommands,
  },
  {
    name: "approval",
    summary: "imports, corrections, rulings and assignments of plans that a second person approves",
    verbs: async () => (await import("../../approvals/cli/commands.ts")).addApprovalCommands,
  },
  {
    name: "statement",
    summary: "accounts with partners, closed by period and numbered",
    verbs: async () => (await import("../../statements/cli/commands.ts")).addStatementCommands,
  },
  {
    name: "payout",
    summary: "money that is sent to partners",
    verbs: async () => (await import("./payout-commands.ts")).addPayoutNoun,
  },
  {
    name: "dispute",
    summary: "decisions that partners contest",
    verbs: async () => (await import("../../disputes/cli/commands.ts")).addDisputeCommands,
  },
  {
    name: "report",
    summary: "what orders brought, added up",
    verbs: async () => (await import("../../reports/cli/commands.ts")).addReportCommands,
  },
  {
    name: "audit",
    summary: "what people and keys have changed",
    verbs: async () => (await import("../../audit/cli/commands.ts")).addAuditCommands,
  },
  {
    name: "person",
    summary: "who may sign in, and everything that is kept of one customer",
    verbs: async () => (await import("./person-commands.ts")).addPersonCommands,
  },
  {
    name: "mail",
    summary: "what the receiver mails to people",
    verbs: async () => (await import("../../mail/cli/commands.ts")).addMailCommands,
  },
  {
    name: "network",
    summary: "affiliate networks that hear of their members' sales",
    verbs: async () => (await import("../../networks/cli/commands.ts")).addNetworkCommands,
  },
  {
    name: "outbox",
    summary: "what is told to partners' webhooks and affiliate networks",
    verbs: async () => (await import("./outbox-commands.ts")).addOutboxNoun,
  },
];
