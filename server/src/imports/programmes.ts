import type { MappingInput } from "./mapping.ts";

/** The programmes whose exports are read without a mapping of one's own, and `csv`, which needs one. */
export const programmes = [
  "rewardful",
  "tapfiliate",
  "post-affiliate-pro",
  "firstpromoter",
  "partnerstack",
  "csv",
] as const;
/** One of them. */
export type Programme = (typeof programmes)[number];

/**
 * What Rewardful's API and CSV exports say. Amounts are cents in the API.
 * Source: https://developers.rewardful.com/rest-api/commissions/object
 */
const rewardful: MappingInput = {
  amounts: { json: "minor", csv: "decimal" },
  kinds: [
    {
      kind: "commission",
      when: ["amount", "currency", "state"],
      columns: {
        id: ["id", "commission id"],
        partner: ["sale.affiliate.id", "sale.referral.affiliate.id", "affiliate.id", "affiliate id"],
        partnerEmail: [
          "sale.affiliate.email",
          "sale.referral.affiliate.email",
          "affiliate.email",
          "affiliate email",
        ],
        partnerName: ["affiliate name", "sale.affiliate.first_name", "sale.affiliate.last_name"],
        status: "state",
        amount: "amount",
        currency: "currency",
        earnedAt: ["created_at", "created at"],
        dueAt: ["due_at", "due at"],
        sale: ["sale.stripe_charge_id", "sale.id", "sale id"],
        saleAmount: ["sale.sale_amount_cents", "sale amount"],
        saleCurrency: ["sale.currency", "currency"],
        customerEmail: ["sale.referral.customer.email", "customer email"],
        licence: ["licence", "license", "license key"],
      },
      states: { pending: "held", due: "payable", paid: "paid", voided: "void" },
    },
    {
      kind: "partner",
      when: ["email", "state"],
      columns: {
        id: ["id", "affiliate id"],
        partnerEmail: "email",
        partnerName: ["name", "first_name", "last_name", "first name", "last name"],
        percent: ["commission_percent", "campaign.commission_percent"],
        status: "state",
      },
      ended: ["disabled", "suspicious", "denied"],
    },
  ],
};

/**
 * What Tapfiliate's API (1.6) and CSV exports say: conversions with their commissions. Amounts are decimal numbers;
 * `approved` is null until somebody decides.
 * Source: https://tapfiliate.com/docs/rest/#conversions
 */
const tapfiliate: MappingInput = {
  kinds: [
    {
      kind: "commission",
      each: "commissions",
      when: ["id", "amount", "approved"],
      columns: {
        id: ["id", "commission id"],
        partner: ["affiliate.id", "parent.affiliate.id", "affiliate id"],
        partnerEmail: ["affiliate.email", "parent.affiliate.email", "affiliate email"],
        partnerName: [
          "affiliate name",
          "affiliate.firstname",
          "affiliate.lastname",
          "parent.affiliate.firstname",
          "parent.affiliate.lastname",
        ],
        status: "approved",
        paid: ["payout.id", "paid", "payout"],
        type: "kind",
        amount: ["amount", "commission amount"],
        currency: ["currency", "parent.currency", "parent.program.currency"],
        earnedAt: ["created_at", "parent.created_at", "created at"],
        sale: ["parent.external_id", "external_id", "external id", "parent.id"],
        saleAmount: ["conversion_sub_amount", "parent.amount", "conversion amount"],
        saleCurrency: ["currency", "parent.currency", "parent.program.currency"],
        customerEmail: [
          "parent.customer.meta_data.email",
          "parent.meta_data.email",
          "parent.customer.customer_id",
          "customer email",
        ],
        licence: ["parent.meta_data.licence", "parent.meta_data.license_key", "licence", "license key"],
        product: ["parent.meta_data.product", "product"],
      },
      states: {
        "": "held",
        pending: "held",
        true: "payable",
        approved: "payable",
        false: "void",
        disapproved: "void",
      },
      paid: ["*"],
    },
    {
      kind: "partner",
      when: ["id", "email"],
      columns: {
        id: ["id", "affiliate id"],
        partnerEmail: "email",
        partnerName: ["name", "firstname", "lastname"],
        parent: ["parent_id", "parent id"],
        status: "status",
      },
      ended: ["disapproved", "blocked"],
    },
  ],
};

/**
 * What Post Affiliate Pro's Tools > Import/Export writes: sections of affiliates and commissions in one file. A refund
 * (R) or chargeback (H) is a row of its own that takes back.
 * Source: https://support.qualityunit.com/146800-How-to-importexport-data
 */
const postAffiliatePro: MappingInput = {
  kinds: [
    {
      kind: "commission",
      when: ["commission", "rstatus"],
      columns: {
        id: ["transid", "transaction id"],
        partner: ["userid", "affiliate id"],
        partnerEmail: "username",
        status: "rstatus",
        paid: "payoutstatus",
        type: "rtype",
        amount: "commission",
        currency: ["currency", "originalcurrencyid"],
        earnedAt: "dateinserted",
        sale: "orderid",
        saleAmount: "totalcost",
        product: "productid",
        customerEmail: ["data1", "customer email"],
        licence: ["data2", "licence"],
      },
      states: { P: "held", A: "payable", D: "void" },
      paid: ["P"],
      reversed: ["R", "H"],
    },
    {
      kind: "partner",
      when: ["userid", "refid"],
      columns: {
        id: "userid",
        partnerEmail: ["username", "email"],
        partnerName: ["name", "firstname", "lastname"],
        parent: "parentuserid",
        status: ["deleted", "rstatus"],
      },
      ended: ["Y", "1", "D"],
    },
  ],
};

/**
 * What FirstPromoter's API and CSV exports say. Amounts are cents in the API. A reward may be points, credits or free
 * months.
 * Source: https://docs.firstpromoter.com/api-reference-v2/api-admin/commissions
 */
const firstpromoter: MappingInput = {
  amounts: { json: "minor", csv: "decimal" },
  moneyUnits: ["cash", "money", ""],
  kinds: [
    {
      kind: "commission",
      when: ["status", "amount", "unit"],
      columns: {
        id: ["id", "commission id"],
        partner: ["promoter_campaign.promoter.id", "promoter.id", "promoter_id", "promoter id"],
        partnerEmail: ["promoter_campaign.promoter.email", "promoter.email", "promoter email"],
        partnerName: ["promoter_campaign.promoter.name", "promoter.name", "promoter name"],
        status: "status",
        paid: ["is_paid", "paid", "paid_at", "fulfilled"],
        amount: "amount",
        unit: "unit",
        currency: ["currency", "original_sale_currency"],
        earnedAt: ["created_at", "created at"],
        sale: ["event_id", "event.event_id", "transaction id"],
        saleAmount: ["sale_amount", "conversion_amount", "sale amount"],
        customerEmail: ["referral.email", "lead.email", "customer email", "lead email"],
        licence: ["metadata.licence", "metadata.license_key", "licence"],
      },
      states: { pending: "held", approved: "payable", denied: "void" },
      paid: ["true", "yes", "1", "paid"],
    },
    {
      kind: "partner",
      when: ["id", "email"],
      columns: {
        id: ["id", "promoter id"],
        partnerEmail: "email",
        partnerName: ["name", "profile.first_name", "profile.last_name", "first name", "last name"],
        parent: ["parent_promoter_id", "parent id"],
        status: ["state", "status"],
      },
      ended: ["blocked", "rejected", "disabled"],
    },
  ],
};

/**
 * What PartnerStack's API (v2) and CSV exports say. Amounts are US cents in the API.
 * Source: https://docs.partnerstack.com/reference
 */
const partnerstack: MappingInput = {
  amounts: { json: "minor", csv: "decimal" },
  currency: "USD",
  kinds: [
    {
      kind: "commission",
      when: ["key", "amount", "reward_status"],
      columns: {
        id: ["key", "reward key"],
        partner: ["partnership.partner_key", "partnership.key", "partner_key", "partner key"],
        partnerEmail: ["partnership.email", "partner.email", "partner email"],
        partnerName: ["partner name", "partnership.first_name", "partnership.last_name"],
        status: ["reward_status", "reward status"],
        paid: ["payment_status", "payment status"],
        amount: "amount",
        currency: ["currency", "amount_currency"],
        earnedAt: ["created_at", "created at"],
        sale: ["transaction.key", "transaction_key", "transaction key"],
        saleAmount: ["transaction.amount", "transaction amount"],
        saleCurrency: ["transaction.currency", "transaction currency"],
        customerEmail: ["customer.email", "customer email"],
        licence: ["customer.fields.licence", "transaction.metadata.licence", "licence"],
        product: ["transaction.product_key", "product_key", "product key"],
      },
      states: {
        hold: "held",
        pending: "held",
        approved: "payable",
        scheduled: "payable",
        paid: "paid",
        declined: "void",
      },
      paid: ["in_transit", "withdrawn", "paid_externally"],
    },
    {
      kind: "partner",
      when: ["partner_key", "email"],
      columns: {
        id: ["partner_key", "partner key", "key"],
        partnerEmail: "email",
        partnerName: ["name", "first_name", "last_name"],
        status: ["approved_status", "status"],
      },
      ended: ["declined", "archived"],
    },
  ],
};

/** The mappings of the programmes that have one. */
export const mappings: Record<Exclude<Programme, "csv">, MappingInput> = {
  rewardful,
  tapfiliate,
  "post-affiliate-pro": postAffiliatePro,
  firstpromoter,
  partnerstack,
};
