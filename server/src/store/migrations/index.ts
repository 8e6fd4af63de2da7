import type { Migration } from "kysely/migration";
import type { Engine } from "../query.ts";
import { channel } from "./0001-channel.ts";
import { evidence } from "./0002-evidence.ts";
import { orders } from "./0003-orders.ts";
import { ledger } from "./0004-ledger.ts";
import { couponsAndRulings } from "./0005-coupons-and-rulings.ts";
import { serials } from "./0006-serials.ts";
import { vouchers } from "./0007-vouchers.ts";
import { registeredEmails } from "./0008-registered-emails.ts";
import { standingTokens } from "./0009-standing-tokens.ts";
import { outbox } from "./0010-outbox.ts";
import { emailTallies } from "./0011-email-tallies.ts";
import { soldLinks } from "./0012-sold-links.ts";
import { partnerHistory } from "./0013-partner-history.ts";
import { locks } from "./0014-locks.ts";
import { orderLines } from "./0015-order-lines.ts";
import { shopIntake } from "./0019-shop-intake.ts";
import { trust } from "./0020-trust.ts";
import { audit } from "./0021-audit.ts";
import { issuers } from "./0022-issuers.ts";
import { probes } from "./0027-probes.ts";
import { partnerPositions } from "./0030-partner-positions.ts";
import { partnerAgreements } from "./0031-partner-agreements.ts";
import { plans } from "./0032-plans.ts";
import { partnerTransfers } from "./0033-partner-transfers.ts";
import { partnerBookings } from "./0034-partner-bookings.ts";
import { toldSales } from "./0035-told-sales.ts";
import { adjustments } from "./0038-adjustments.ts";
import { statements } from "./0039-statements.ts";
import { silenceDays } from "./0040-silence-days.ts";
import { outboxNotices } from "./0041-outbox-notices.ts";
import { partnerDetails } from "./0042-partner-details.ts";
import { payouts } from "./0043-payouts.ts";
import { disputes } from "./0044-disputes.ts";
import { partnerSales } from "./0045-partner-sales.ts";
import { periodTerms } from "./0046-period-terms.ts";
import { partnerKeyScopes } from "./0047-partner-key-scopes.ts";
import { deals } from "./0048-deals.ts";
import { people } from "./0049-people.ts";
import { mail } from "./0050-mail.ts";
import { signIns } from "./0051-sign-ins.ts";
import { ordersByEmail } from "./0052-orders-by-email.ts";
import { consoleFigures } from "./0053-console-figures.ts";
import { looseLicences } from "./0055-loose-licences.ts";
import { imports } from "./0056-imports.ts";
import { earnings } from "./0057-earnings.ts";
import { subscriptionNames } from "./0060-subscription-names.ts";
import { formerPeppers } from "./0063-former-peppers.ts";
import { guardedMoney } from "./0064-guarded-money.ts";
import { buyerCountry } from "./0067-buyer-country.ts";
import { territories } from "./0068-territories.ts";
import { partnerStanding } from "./0069-partner-standing.ts";
import { providerSessions } from "./0076-provider-sessions.ts";
import { news } from "./0080-news.ts";
import { customers } from "./0081-customers.ts";
import { licenceTerms } from "./0082-licence-terms.ts";
import { customerNotices } from "./0086-customer-notices.ts";
import { works } from "./0090-works.ts";
import { dealsWaiting } from "./0091-deals-waiting.ts";
import { mailsByRecipient } from "./0092-mails-by-recipient.ts";
import { receipts } from "./0095-receipts.ts";
import { payoutFiles } from "./0100-payout-files.ts";
import { subscriptionNamesKept } from "./0103-subscription-names-kept.ts";
import { sortedMovements } from "./0104-sorted-movements.ts";
import { rewardBookings } from "./0107-reward-bookings.ts";
import { rewards } from "./0108-rewards.ts";
import { workInput } from "./0110-work-input.ts";
import { seals } from "./0112-seals.ts";
import { guardedEvidence } from "./0113-guarded-evidence.ts";
import { fourEyes } from "./0117-four-eyes.ts";
import { receiptAdoption } from "./0118-receipt-adoption.ts";
import { corrections } from "./0119-corrections.ts";
import { sortedOrders } from "./0120-sorted-orders.ts";
import { sealAdoption } from "./0128-seal-adoption.ts";
import { moreRequests } from "./0129-more-requests.ts";
import { chargeTotals } from "./0130-charge-totals.ts";
import { dealSites } from "./0131-deal-sites.ts";
import { sealedSerials } from "./0135-sealed-serials.ts";
import { mailBounces } from "./0137-mail-bounces.ts";
import { voidAfterRestored } from "./0141-void-after-restored.ts";
import { rewardShares } from "./0148-reward-shares.ts";
import { type Definition, migrationOf } from "./ddl.ts";

const definitions: Record<string, Definition> = {
  "0001-channel": channel,
  "0002-evidence": evidence,
  "0003-orders": orders,
  "0004-ledger": ledger,
  "0005-coupons-and-rulings": couponsAndRulings,
  "0006-serials": serials,
  "0007-vouchers": vouchers,
  "0008-registered-emails": registeredEmails,
  "0009-standing-tokens": standingTokens,
  "0010-outbox": outbox,
  "0011-email-tallies": emailTallies,
  "0012-sold-links": soldLinks,
  "0013-partner-history": partnerHistory,
  "0014-locks": locks,
  "0015-order-lines": orderLines,
  "0019-shop-intake": shopIntake,
  "0020-trust": trust,
  "0021-audit": audit,
  "0022-issuers": issuers,
  "0027-probes": probes,
  "0030-partner-positions": partnerPositions,
  "0031-partner-agreements": partnerAgreements,
  "0032-plans": plans,
  "0033-partner-transfers": partnerTransfers,
  "0034-partner-bookings": partnerBookings,
  "0035-told-sales": toldSales,
  "0038-adjustments": adjustments,
  "0039-statements": statements,
  "0040-silence-days": silenceDays,
  "0041-outbox-notices": outboxNotices,
  "0042-partner-details": partnerDetails,
  "0043-payouts": payouts,
  "0044-disputes": disputes,
  "0045-partner-sales": partnerSales,
  "0046-period-terms": periodTerms,
  "0047-partner-key-scopes": partnerKeyScopes,
  "0048-deals": deals,
  "0049-people": people,
  "0050-mail": mail,
  "0051-sign-ins": signIns,
  "0052-orders-by-email": ordersByEmail,
  "0053-console-figures": consoleFigures,
  "0055-loose-licences": looseLicences,
  "0056-imports": imports,
  "0057-earnings": earnings,
  "0060-subscription-names": subscriptionNames,
  "0063-former-peppers": formerPeppers,
  "0064-guarded-money": guardedMoney,
  "0067-buyer-country": buyerCountry,
  "0068-territories": territories,
  "0069-partner-standing": partnerStanding,
  "0076-provider-sessions": providerSessions,
  "0080-news": news,
  "0081-customers": customers,
  "0082-licence-terms": licenceTerms,
  "0086-customer-notices": customerNotices,
  "0090-works": works,
  "0091-deals-waiting": dealsWaiting,
  "0092-mails-by-recipient": mailsByRecipient,
  "0095-receipts": receipts,
  "0100-payout-files": payoutFiles,
  "0103-subscription-names-kept": subscriptionNamesKept,
  "0104-sorted-movements": sortedMovements,
  "0107-reward-bookings": rewardBookings,
  "0108-rewards": rewards,
  "0110-work-input": workInput,
  "0112-seals": seals,
  "0113-guarded-evidence": guardedEvidence,
  "0117-four-eyes": fourEyes,
  "0118-receipt-adoption": receiptAdoption,
  "0119-corrections": corrections,
  "0120-sorted-orders": sortedOrders,
  "0128-seal-adoption": sealAdoption,
  "0129-more-requests": moreRequests,
  "0130-charge-totals": chargeTotals,
  "0131-deal-sites": dealSites,
  "0135-sealed-serials": sealedSerials,
  "0137-mail-bounces": mailBounces,
  "0141-void-after-restored": voidAfterRestored,
  "0148-reward-shares": rewardShares,
};

/** The names of all migrations, in the order in which they run. */
export const migrationNames: readonly string[] = Object.keys(definitions);

/** All migrations for an engine, by name. One that was released is never edited: a change is a further one. */
export function migrationsFor(engine: Engine): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => [name, migrationOf(definition, engine)]),
  );
}
