// Made from server/messages/mail/en.mf2 by test/messages/make-catalogues.ts.

/** English. */
export const texts = {
  invitation_subject: "You are invited to {name}",
  invitation_text:
    "{name} has opened its pages for you. There you see what was sold, what was earned, and why.",
  invitation_vendor_text: "You may sign in to the console of {name}.",
  invitation_how: "There is no password: you enter this address, and get a code by mail each time.",
  invitation_action: "Sign in",
  sign_in_subject: "Sign in to {name}",
  sign_in_text: "This code signs you in where you asked for it. It counts for {minutes} minutes, once.",
  sign_in_action: "Or sign in on this device",
  sign_in_small:
    "If you did not ask for it, somebody entered your address by mistake. You need not do anything. Never tell this code to anybody.",
  statement_subject: "Your statement {number} for {period}",
  statement_text: "Your statement for {period} is ready. It closes with {amount}.",
  statement_action: "Open the statement",
  payout_subject: "{amount} is on its way to you",
  payout_text:
    "We have sent you {amount}. How soon it arrives is up to the banks, usually one or two working days.",
  payout_action: "See what it pays for",
  payout_rejected_subject: "A payout of {amount} did not arrive",
  payout_rejected_text:
    "The bank sent back your payout of {amount}: {why}. The amount is payable again, and will be in the next payout. Please check your bank details.",
  payout_rejected_action: "Check the bank details",
  details_bank_subject: "Your bank details were changed",
  details_other_subject: "Your details were changed",
  details_text:
    "The details under which we pay you were changed. If that was you or one of your colleagues, all is well.",
  details_wait: "To be on the safe side nothing is paid to the new account before {date}.",
  details_small: "If nobody of yours did this, please write to us at once.",
  details_action: "See the details",
  dispute_opened_subject: "{partner} contests order {order}",
  dispute_opened_text: "{partner} contests how order {order} was decided, and waits for an answer.",
  dispute_opened_action: "Open the contested decision",
  dispute_answered_subject: "Order {order}: what you contested has an answer",
  dispute_answered_text: "What you contested about order {order} has an answer.",
  dispute_answered_action: "Read the answer",
  plan_subject: "New terms from {date}: {plan}",
  plan_text:
    "From {date} on you are paid by the plan {plan}. What was sold before is paid as it was promised then.",
  plan_action: "See the plan",
  news_subject: "{name}: {title}",
  news_action: "Read it in the portal",
  news_small:
    "You get this because you act for {partner}. It ends with the summaries, which you can end at any time.",
  digest_subject: "{name}: your summary until {date}",
  digest_text: "What has happened since {since}:",
  digest_credited: "Orders that counted for you: {count}.",
  digest_earned: "Earned ({currency})",
  digest_held: "Coming ({currency})",
  digest_held_note: "Held until {date} at the earliest",
  digest_payable: "Payable ({currency})",
  digest_paid: "Paid ({currency})",
  digest_uncounted: "Orders that did not count: {count}. The portal says why, for each of them.",
  digest_action: "Open the portal",
  digest_small:
    "You get this summary because you act for {partner}. You can choose how often, or end it, in the portal's settings.",
  test_subject: "A test mail from {name}",
  test_text: "If you can read this, mail from {name} arrives.",
  stop_title: "Summaries by mail",
  stop_text: "Do you want no more summaries by mail? Mail about statements and payouts still comes.",
  stop_button: "No more summaries",
  stop_done: "There will be no more summaries. You can have them again in the portal's settings.",
  stop_unknown: "This link leads nowhere. It may be incomplete.",
  passkey_added_subject: "A passkey was added to your sign-in",
  passkey_added_text:
    "The passkey “{name}” was added: whoever holds it can sign in as you. If that was you, all is well.",
  passkey_removed_subject: "A passkey was removed from your sign-in",
  passkey_removed_text:
    "The passkey “{name}” was removed and does not sign in any more. If that was you, all is well.",
  passkey_action: "See your passkeys and sign-ins",
  passkey_small:
    "If it was not you: remove passkeys that you do not know, sign out everywhere, and write to us.",
  desk_subject: "{name}: what waits on {date}",
  desk_text: "This waits for the vendor's people:",
  desk_payouts: "Payouts to approve",
  desk_adjustments: "Entries by hand to approve",
  desk_deals: "Deals to answer",
  desk_held: "Held orders",
  desk_disputes: "Contested decisions to answer",
  desk_disputes_due: "The first is due by the end of {date}",
  desk_stuck: "Messages that were given up",
  desk_shop: "No webhook from {shop}",
  desk_shop_heard: "the last one came on {date}",
  desk_shop_never: "none has come so far",
  desk_action: "Open the console",
  desk_small:
    "You get this because you act for {name}. You can choose how often, or end it, in the console's settings.",
  stop_text_desk:
    "Do you want no more summaries by mail? Other mail, such as about contested decisions, still comes.",
  stop_done_desk: "There will be no more summaries. You can have them again in the console's settings.",
  service_subject: "{product}: {title}",
  service_licence: "{product}, licence ending in {end}",
  service_from: "bought from {partner}",
  service_from_vendor: "bought from {name}",
  service_small:
    "You get this once, because you have {product}. It is about the product itself and sells nothing. It comes from {name}.",
  renewal_subject: "Your licence of {product} ends on {date}",
  renewal_text:
    "The term of your licence of {product} ends on {date}. If you want to keep it, you can renew it now. If not, you need not do anything.",
  renewal_seller: "You bought {product} from {partner}, who earns a share when you renew.",
  renewal_action: "Renew",
  renewal_reward: "To thank you for renewing, {partner} offers",
  renewal_small:
    "You get this from {name} because you bought {product}. You can end these notices with one click.",
  renewal_stop_title: "Notices before a licence ends",
  renewal_stop_text:
    "Do you want {name} to write to you no more before a licence ends? Your licences are not changed by it.",
  renewal_stop_button: "No more of these",
  renewal_stop_done: "You will get no more of these notices.",
} as const;
