import type { Config } from "../config/config.ts";
import type { MailText } from "../messages/mail/index.ts";
import type { ReasonsText } from "../messages/reasons/index.ts";
import type { Speech } from "../messages/speak.ts";
import type { DeskFacts, DigestFacts, Notice, NoticeKind } from "../notices/notices.ts";
import { type PartnerRole, partnerRoles, type VendorRole, vendorRoles } from "../words/roles.ts";
import type { Letter } from "./letter.ts";

/** To whom a letter is written, and in what words. */
export interface Reader {
  config: Pick<Config, "issuer" | "brand">;
  speech: Speech<MailText>;
  reasons: Speech<ReasonsText>;
  /** The name of the partner that the reader acts for; null for the vendor's people. */
  partnerName: string | null;
  /** How the reader ends summaries. */
  unsubscribeUrl: string;
}

/** A kind of notice: who of those it is about gets it, and the letter that it becomes. */
interface Kind<Facts> {
  partner: readonly PartnerRole[];
  vendor: readonly VendorRole[];
  /** Whether it is left out for those who end their summaries: they need not have it. */
  isOptional?: true;
  write(facts: Facts, reader: Reader): Omit<Letter, "language">;
}

type FactsOf<Name extends NoticeKind> = Extract<Notice, { kind: Name }>["facts"];

const money: Pick<Kind<never>, "partner" | "vendor"> = { partner: ["owner", "finance"], vendor: [] };
const everyone: Pick<Kind<never>, "partner" | "vendor"> = {
  partner: ["owner", "finance", "viewer"],
  vendor: [],
};

/** What a person hears of her own sign-in, whatever she is. */
const everybody: Pick<Kind<never>, "partner" | "vendor"> = { partner: partnerRoles, vendor: vendorRoles };

/** Every kind of notice with what becomes of it. A kind that is added to `Notice` does not compile until it stands here. */
export const noticeKinds: { readonly [Name in NoticeKind]: Kind<FactsOf<Name>> } = {
  invitation: {
    partner: ["owner", "finance", "viewer"],
    vendor: ["owner", "finance", "channel", "support", "auditor"],
    write: (_, { config, speech, partnerName }) => ({
      subject: speech.say("invitation_subject", { name: config.brand.name }),
      paragraphs: [
        speech.say(partnerName === null ? "invitation_vendor_text" : "invitation_text", {
          name: config.brand.name,
        }),
        speech.say("invitation_how"),
      ],
      action: { label: speech.say("invitation_action"), url: `${config.issuer}/sign-in` },
    }),
  },
  "statement.ready": {
    ...money,
    write: ({ number, period, amountMinor, currency }, { config, speech }) => {
      const values = { number, period, amount: speech.money(amountMinor, currency) };
      return {
        subject: speech.say("statement_subject", values),
        paragraphs: [speech.say("statement_text", values)],
        action: {
          label: speech.say("statement_action"),
          url: `${config.issuer}/portal/statements/${encodeURIComponent(number)}`,
        },
      };
    },
  },
  "payout.sent": {
    ...money,
    write: ({ amountMinor, currency }, { config, speech }) => {
      const amount = speech.money(amountMinor, currency);
      return {
        subject: speech.say("payout_subject", { amount }),
        paragraphs: [speech.say("payout_text", { amount })],
        action: { label: speech.say("payout_action"), url: `${config.issuer}/portal/payouts` },
      };
    },
  },
  "payout.rejected": {
    ...money,
    write: ({ amountMinor, currency, why }, { config, speech }) => {
      const amount = speech.money(amountMinor, currency);
      return {
        subject: speech.say("payout_rejected_subject", { amount }),
        paragraphs: [speech.say("payout_rejected_text", { amount, why })],
        action: { label: speech.say("payout_rejected_action"), url: `${config.issuer}/portal/details` },
      };
    },
  },
  "details.changed": {
    ...money,
    write: ({ what, payableFrom }, { config, speech }) => ({
      subject: speech.say(what === "bank" ? "details_bank_subject" : "details_other_subject"),
      paragraphs: [
        speech.say("details_text"),
        ...(payableFrom === null ? [] : [speech.say("details_wait", { date: speech.day(payableFrom) })]),
      ],
      action: { label: speech.say("details_action"), url: `${config.issuer}/portal/details` },
      small: [speech.say("details_small")],
    }),
  },
  "dispute.opened": {
    partner: [],
    vendor: ["owner", "channel", "support"],
    write: ({ dispute, partner, order }, { config, speech }) => ({
      subject: speech.say("dispute_opened_subject", { partner, order }),
      paragraphs: [speech.say("dispute_opened_text", { partner, order })],
      action: {
        label: speech.say("dispute_opened_action"),
        url: `${config.issuer}/console/disputes/${encodeURIComponent(dispute)}`,
      },
    }),
  },
  "dispute.answered": {
    ...everyone,
    write: ({ dispute, order }, { config, speech }) => ({
      subject: speech.say("dispute_answered_subject", { order }),
      paragraphs: [speech.say("dispute_answered_text", { order })],
      action: {
        label: speech.say("dispute_answered_action"),
        url: `${config.issuer}/portal/disputes/${encodeURIComponent(dispute)}`,
      },
    }),
  },
  news: {
    ...everyone,
    isOptional: true,
    write: ({ title, text }, { config, speech, partnerName, unsubscribeUrl }) => ({
      subject: speech.say("news_subject", { name: config.brand.name, title }),
      paragraphs: [title, ...text.split(/\n{2,}/)],
      action: { label: speech.say("news_action"), url: `${config.issuer}/portal/news` },
      small: [speech.say("news_small", { partner: partnerName ?? config.brand.name })],
      unsubscribeUrl,
      unsubscribeLabel: speech.say("stop_button"),
    }),
  },
  "plan.announced": {
    ...everyone,
    write: ({ name, since }, { config, speech }) => {
      const values = { plan: name, date: speech.day(since) };
      return {
        subject: speech.say("plan_subject", values),
        paragraphs: [speech.say("plan_text", values)],
        action: { label: speech.say("plan_action"), url: `${config.issuer}/portal/plan` },
      };
    },
  },
  desk: { partner: [], vendor: vendorRoles, isOptional: true, write: writeDesk },
  "passkey.added": { ...everybody, write: passkeyLetter("passkey_added_subject", "passkey_added_text") },
  "passkey.removed": {
    ...everybody,
    write: passkeyLetter("passkey_removed_subject", "passkey_removed_text"),
  },
  digest: { ...everyone, isOptional: true, write: writeDigest },
};

function passkeyLetter(subject: MailText, text: MailText) {
  return ({ name }: { name: string }, { config, speech }: Reader) => ({
    subject: speech.say(subject),
    paragraphs: [speech.say(text, { name })],
    action: { label: speech.say("passkey_action"), url: `${config.issuer}/sign-in/sessions` },
    small: [speech.say("passkey_small")],
  });
}

function writeDesk(facts: DeskFacts, { config, speech, unsubscribeUrl }: Reader) {
  const { brand, issuer } = config;
  const counted = [
    ["desk_payouts", facts.payouts],
    ["desk_adjustments", facts.adjustments],
    ["desk_deals", facts.deals],
    ["desk_held", facts.held],
    ["desk_disputes", facts.disputes],
    ["desk_stuck", facts.stuck],
  ] as const;
  const due = facts.disputeDueAt;
  return {
    subject: speech.say("desk_subject", { name: brand.name, date: speech.day(facts.date) }),
    paragraphs: [speech.say("desk_text")],
    figures: [
      ...counted
        .filter(([, count]) => count > 0)
        .map(([name, count]) => ({
          label: speech.say(name),
          value: speech.number(count),
          ...(name === "desk_disputes" && due !== null
            ? { note: speech.say("desk_disputes_due", { date: speech.day(due) }) }
            : {}),
        })),
      ...facts.shops.map(({ shop, heardAt }) => ({
        label: speech.say("desk_shop", { shop }),
        value:
          heardAt === null
            ? speech.say("desk_shop_never")
            : speech.say("desk_shop_heard", { date: speech.day(heardAt) }),
      })),
    ],
    action: { label: speech.say("desk_action"), url: `${issuer}/console` },
    small: [speech.say("desk_small", { name: brand.name })],
    unsubscribeUrl,
    unsubscribeLabel: speech.say("stop_button"),
  };
}

function writeDigest(facts: DigestFacts, { config, speech, reasons, partnerName, unsubscribeUrl }: Reader) {
  const { brand, issuer } = config;
  const reasonOf = (code: string) => (reasons.has(code) ? reasons.say(code) : code.replaceAll("_", " "));
  const figures = facts.sums.flatMap(
    ({ currency, earnedMinor, heldMinor, payableMinor, paidMinor, nextAt }) => [
      { label: speech.say("digest_earned", { currency }), value: speech.money(earnedMinor, currency) },
      {
        label: speech.say("digest_held", { currency }),
        value: speech.money(heldMinor, currency),
        ...(nextAt === null ? {} : { note: speech.say("digest_held_note", { date: speech.day(nextAt) }) }),
      },
      { label: speech.say("digest_payable", { currency }), value: speech.money(payableMinor, currency) },
      { label: speech.say("digest_paid", { currency }), value: speech.money(paidMinor, currency) },
    ],
  );
  return {
    subject: speech.say("digest_subject", { name: brand.name, date: speech.day(facts.until) }),
    paragraphs: [
      speech.say("digest_text", { since: speech.day(facts.since) }),
      speech.say("digest_credited", { count: facts.credited }),
      ...(facts.uncounted.length === 0
        ? []
        : [speech.say("digest_uncounted", { count: facts.uncounted.length })]),
    ],
    figures: [
      ...figures,
      ...facts.uncounted.map(({ order, reason }) => ({ label: order, value: "", note: reasonOf(reason) })),
    ],
    action: { label: speech.say("digest_action"), url: `${issuer}/portal` },
    small: [speech.say("digest_small", { partner: partnerName ?? brand.name })],
    unsubscribeUrl,
    unsubscribeLabel: speech.say("stop_button"),
  };
}
