/**
 * Every column of the database that can hold something of a person, and what becomes of it when the person is erased. A new
 * column is in neither list until somebody has thought about it, and the test fails.
 */
export const erasedColumns: Record<string, string> = {
  registered_emails: "email_hash product partner_id pepper_id registered_at origin consent_id consent_at",
  orders: "licence_hash email_hash email_domain_hash email_alias_hash email_site_hash",
  clicks: "licence_hash",
  registrations: "licence_hash",
  registration_conflicts: "licence_hash",
  licence_checks: "licence_hash",
  licence_terms: "licence_hash expires_at",
  vouchers: "licence_hash",
  exact_licences: "licence_hash",
  licence_spellings: "loose_hash licence_hash",
  mail_bounces: "recipient_hash bounces bounced_at problem",
  mails: "lane recipient_hash sealed once_key problem",
  sessions: "customer_hash customer_mail device",
  sign_ins: "mail_hash mail",
  deals: "customer_hash site_hash customer_sealed",
  customer_people:
    "customer_id email_hash sealed language organisation_id organisation_parts consent_version consent_at",
  customer_licences: "customer_id licence_hash licence_end order_key",
  customer_organisations: "name_hash name_sealed",
  customer_mandates: "licence_hash licence_end given_by",
  people: "mail_hash mail",
  disputes: "claim",
  order_links: "id",
  locks: "name",
};

/** Columns that keep what they hold, each table with the reason. */
export const keptColumns: Record<string, { columns: string; why: string }> = {
  serial_activations: {
    columns: "licence_hash serial_hash",
    why: "a serial that is free again could be used again",
  },
  serial_conflicts: { columns: "licence_hash serial_hash", why: "what was claimed of a serial that stays" },
  serials: { columns: "hash", why: "the vendor's stock: who has which is in serial_activations" },
  former_serials: { columns: "hash", why: "the same, while the pepper is rotated" },
  pooled_serials: { columns: "hash sealed", why: "stock that nobody has yet" },
  dispute_entries: { columns: "text file_name file", why: "a ruling rests on it" },
  reward_steps: { columns: "note", why: "what was done with a reward, in the words of who did it" },
  reward_codes: { columns: "code_hash code_sealed", why: "a shop's codes: of whom is in the orders alone" },
  deal_steps: { columns: "note", why: "the vendor's own words to a partner" },
  rulings: { columns: "note", why: "the vendor's own words about an order" },
  adjustments: { columns: "reference note", why: "the accounts" },
  corrections: { columns: "reference", why: "the accounts: the paper behind a correction" },
  seal_adoption: { columns: "progress", why: "a row's key, for as long as a first start lasts" },
  receipt_adoption: { columns: "after", why: "a row's key, for as long as a first start lasts" },
  money_requests: {
    columns: "subject document",
    why: "the accounts: the shop's number of a sale, and a note",
  },
  serial_assignments: { columns: "note", why: "the vendor's own words about a batch" },
  partner_agreements: { columns: "note", why: "the vendor's own words to a partner" },
  statement_answers: { columns: "note", why: "the accounts, between vendor and partner" },
  statements: { columns: "document", why: "the accounts, between vendor and partner" },
  statement_lines: { columns: "data", why: "the accounts, between vendor and partner" },
  partner_details: { columns: "sealed", why: "a partner's invoices and payments name it" },
  payout_items: { columns: "sent why", why: "the accounts" },
  partners: {
    columns: "name email_hash email_domain_hash email_alias_hash email_site_hash",
    why: "a partner's own address, until it is changed: the erasure says how",
  },
  import_names: { columns: "name", why: "a partner's name in its former programme" },
  import_rows: {
    columns: "source_id sale_id account waits_row",
    why: "the numbers of another programme, by which the accounts are checked",
  },
  passkeys: { columns: "public_key name", why: "of who signs in: person remove ends it" },
  waiting_deliveries: { columns: "sealed", why: "taken or refused within days, and hashed then" },
  audit_entries: { columns: "actor subject", why: "who changed what, for the accounts" },
  events: { columns: "note told lines", why: "what shops told, without the buyer: the accounts" },
  rate_limits: { columns: "id", why: "a short hash that is gone within days" },
  vouchers: {
    columns: "code_hash serial_hash sealed_answer",
    why: "exchanged stays exchanged; the answer opens with the code alone",
  },
  service_notices: { columns: "title body written_by", why: "the vendor's own words to its customers" },
  service_notice_licences: {
    columns: "recipient_key licence_key customer_id licence_end",
    why: "keys of one notice alone and an id that leads to nobody, so that no address is told twice",
  },
  renewal_notices: {
    columns: "notice_key customer_id licence_end mail_id",
    why: "a key of one term and an id that leads to nobody, so that no term is told twice",
  },
  notice_stops: {
    columns: "stop_key",
    why: "a key that leads to no address: who wants no notices gets none",
  },
  news: { columns: "title body written_by", why: "the vendor's own words to its partners" },
  works: {
    columns: "about input result problem started_by",
    why: "what the vendor's people set off: results name rows, orders and partners, no customer",
  },
  sessions: {
    columns: "provider_subject provider_session",
    why: "of the vendor's people, never a customer: gone with the session",
  },
  subscription_names: {
    columns: "subscription_id kept_as",
    why: "the shop's numbers of a sale: the accounts",
  },
  former_hashes: {
    columns: "hash",
    why: "listed while the pepper is rotated: an erasure takes the person off first",
  },
  orders: {
    columns: "coupon reference order_id object_id subscription_id",
    why: "the shop's numbers of a sale: the accounts",
  },
};

/** All others: ids, times, sums and states, which are of nobody, or of a partner or of the vendor. */
export const impersonalColumns: Record<string, string> = {
  adjustments:
    "adjustment_no adjustment_id partner_id kind amount_minor currency allowance budget claim reverses status entered_by entered_at decided_by decided_at",
  corrections: "correction_no shop correction_id reverses movements entered_by approved_by booked_at",
  audit_entries: "entry_no at action",
  seal_adoption: "table_name signature",
  receipt_adoption: "only_row table_index row_count signature",
  booked_alone: "booking_no deed_id partner_id currency amount_minor booked_by booked_at takes_back",
  money_requests: "request_no request_id kind moves status entered_by entered_at decided_by decided_at",
  balances: "partner_id currency shard held_minor payable_minor paid_minor",
  ceremonies: "browser_hash kind sealed expires_at",
  claim_days: "partner_id day claims unsold",
  clicks: "reference product partner_id jti token_issued_at clicked_at seal",
  closed_periods: "period closed_at",
  consents: "id version wording first_given_at",
  console_figures: "name value gathered_at",
  coupons: "code partner_id products valid_from valid_until created_at ended_at",
  deal_steps: "step_no deal_id step protected_until at",
  service_notices: "notice_id product version written_at gathered_to gathered_at finished_at",
  service_notice_licences: "notice_id partner_id outcome reason",
  renewal_notices: "product partner_id ends_at days_before outcome reason noted_at",
  notice_stops: "stopped_at",
  customer_licences: "product parts version added_at",
  customer_mandates: "mandate_id partner_id product given_at ended_at",
  customer_organisations: "organisation_id parent_id told_by sealed_for added_at",
  customer_people: "told_by source sealed_for added_at changed_at",
  deals:
    "deal_id partner_id product territory registered_at decide_by state accepted_at protected_until ended_at",
  reward_offers:
    "offer_id partner_id kind title product points points_per_unit currency amount_minor from_at until_at created_at state offered_at ended_at ended_note",
  reward_codes: "code_no offer_id added_at reward_id",
  reward_progress: "slot after_id after_key",
  reward_steps: "step_no reward_id seq step points partner_minor vendor_minor at",
  rewards:
    "reward_id order_key partner_id offer_id kind product plan_id plan_version period currency credit_minor points partner_minor vendor_minor occurred_at written_at state points_left partner_left vendor_left vendor_back expires_at last_seq",
  decisions:
    "order_key seq outcome partner_id reason evidence_kind evidence_route evidence credits policy cause decided_at suspicions plan seal",
  dispute_entries: "dispute_id seq author kind file_type file_bytes actor at",
  disputes: "id partner_id order_key state opened_at due_at remind_at ruled_at granted entries",
  earnings:
    "order_key part occurred_at partner_id tier product evidence reason campaign currency counts net_minor commission_minor",
  earnings_months: "added_by month value currency orders net_minor commission_minor",
  earnings_progress: "slot order_key changed_at",
  email_tallies: "partner_id product origin sent first_at last_at",
  events:
    "shop event_id object_id effect link_id movement_id status amount_minor net_minor cumulative currency occurred_at created_at received_at amounts_rank seal",
  former_hashes: "kind",
  former_peppers: "pepper_id since until",
  import_names: "programme partner_id",
  import_rows:
    "programme kind partner_id status amount_minor currency unit unit_amount sale_minor sale_currency earned_at due_at version imported_at waits_for",
  issuers: "issuer first_used_at",
  licence_checks: "product known sold_at checked_at",
  licence_terms: "product partner_id told_at",
  mails: "id kind state due_at lease attempts tried_since created_at expires_at settled_at",
  news: "news_id written_at withdrawn_at",
  notices: "id kind partner_id person_id facts once_key told_at noted_at",
  order_links: "namespace order_key sold",
  orders:
    "order_key shop cycle product country net_minor tax_minor currency occurred_at received_at decision_seq outcome partner_id reason release_at released_at told_cycle lines amounts_rank amounts_at joined_to amounts_event told_by chain",
  outbox:
    "id destination_id order_key seq kind facts state due_at lease attempts tried_since status problem conversion_id note created_at settled_at",
  outbox_destinations:
    "id partner_id kind network url secret previous_secret previous_until settings status created_at changed_at",
  partner_agreements:
    "partner_id version since sharing notices rights_before_days rights_after_days self_billing currency language file_hash recorded_at silence_days territories",
  partner_details: "partner_id version since accounts_changed recorded_by recorded_at",
  partner_history: "change_no partner_id change changed recorded_at",
  partner_keys: "id secret_hash partner_id name created_at revoked_at last_used_at scopes",
  partner_positions: "position_no partner_id parent_id since recorded_at",
  partners:
    "id kind parent_id percent_bp status created_at ended_at added_percent_bp suspended_at merged_at merged_into",
  passkeys: "id person_id counter transports added_at last_used_at",
  payout_batches:
    "id currency channel state minimum_minor until_at proposed_by proposed_at approved_by approved_at format execute_on exported_by exported_at file_hash settled_at cancelled_by cancelled_at",
  payout_items:
    "id batch_id row_no partner_id currency amount_minor details_version state bank_status settled_at settled_by returned_at",
  people: "id partner_id role language digest added_at added_by last_seen_at removed_at",
  peppers: "slot pepper_id since",
  period_terms:
    "closed_in partner_id term currency period plan_id version counted amount_minor change_minor why closed_at",
  plan_assignments: "assignment_no plan_id version target target_id since recorded_at",
  plans: "plan_id version document added_at",
  pooled_serials: "batch_no",
  probes: "name written_at",
  rate_limits: "whole_at",
  receipts: "receipt",
  reconcile_cursors: "shop resource read_until",
  registration_conflicts: "product partner_id jti seen_at",
  registrations: "product partner_id jti token_issued_at bound_at sold contradicted",
  rulings: "order_key seq partner_id ruled_at",
  serial_activations: "product via batch_no open_number activated_at seal",
  serial_assignments: "assignment_no batch_no first_open last_open partner_id effective_from recorded_at",
  serial_batches: "batch_no batch product kind created_at revoked_at",
  serial_conflicts: "product seen_at",
  serial_imports: "import_no batch_no imported_at serials",
  serial_ranges: "product first_open last_open batch_no added_at",
  serials: "batch_no open_number",
  sessions: "secret_hash id person_id way signed_in_at seen_at idle_at expires_at provider",
  sign_ins: "browser_hash link_hash code_hash audience destination tries begun_at expires_at used_at",
  signing_keys: "kid public_jwk status created_at revoked_at",
  standing_tokens: "partner_id product batch jti token",
  statement_answers: "number seq answer actor answered_at",
  statement_counters: "series year last",
  statement_lines: "number line transfer_id",
  statements:
    "statement_no number series year serial kind partner_id currency period period_until chain_seq closed_at due_at closing_held_minor closing_payable_minor closing_paid_minor line_count scan_from accept_by hash",
  subscription_names: "shop told_by",
  tokens: "jti kid partner_id product batch issued_at expires_at revoked_at",
  transfers:
    "id order_key decision_seq partner_id kind debit credit amount_minor currency cause booked_at source source_id",
  voucher_batches: "id partner_id product issued exchanged withdrawn issued_at expires_at revoked_at",
  vouchers: "batch_id number revoked_at exchanged_at jti seal",
  waiting_decisions: "order_key cause waiting_since",
  waiting_deliveries: "id shop received_at due_at tries",
  works: "work_id kind state progress started_at beat_at ended_at",
};
