// Made from server/messages/account/en.mf2 by test/messages/make-catalogues.ts.

/** English. */
export const texts = {
  nav_account: "What I bought",
  account_title: "What you bought",
  account_lead: "Everything that is kept under {mail}. Who is paid for a sale never depends on this page.",
  bought_title: "Purchases",
  bought_lead: "Licences are kept as fingerprints that cannot be read back, so none is shown here.",
  no_purchases: "No purchase is known under this address",
  no_purchases_why: "Another address may have been used at the checkout.",
  product: "Product",
  order_of: "Order {order}, {shop}",
  when: "When",
  seller: "Sold by",
  seller_none: "The maker itself",
  seen_by: "Who may see it",
  seen_vendor: "The maker alone",
  seen_none: "The maker; {partner} sees sums only",
  seen_transaction: "The maker; {partner} sees what was bought and when, not who you are",
  seen_full: "The maker; {partner} sees what was bought, when, and your contact",
  paid: "Paid",
  agreed_title: "What you agreed to",
  agreed_lead: "Sellers who told the maker that you are their customer",
  no_consents: "You have agreed to nothing here",
  registered_on: "Since {day}, for {product}",
  every_product: "every product",
  wording_kept: "The seller keeps the words that you agreed to.",
  withdraw: "Withdraw",
  withdraw_of: "Withdraw what you agreed with {partner}",
  erase_title: "Erase me",
  erase_lead: "Your address is taken off everything that is kept here. Your licences go on working.",
  erase_see: "See what would be erased",
  erase_confirm: "Erase what is kept of you?",
  erase_nothing_yet: "Nothing has been erased yet.",
  erase_what: "What is erased",
  erase_orders: {
    by: "count",
    variants: {
      one: "your address on {count} purchase",
      other: "your address on {count} purchases",
    },
  },
  erase_registrations: {
    by: "count",
    variants: {
      one: "{count} registration by a seller",
      other: "{count} registrations by sellers",
    },
  },
  erase_stays:
    "The purchases themselves stay, without you: they are the accounts, which the law has the maker keep. A backup has what it had.",
  erase_do: "Erase me",
  done_withdrawn: "It is withdrawn",
  done_erased: "Your address has been erased",
  withdraw_confirm: "Withdraw what you agreed with {partner}?",
  withdraw_confirm_lead:
    "The registration of your address by {partner} is erased: no later purchase counts on it. What you bought stays as it is. Nothing has been changed yet.",
} as const;
