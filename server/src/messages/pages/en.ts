// Made from server/messages/pages/en.mf2 by test/messages/make-catalogues.ts.

/** English. */
export const texts = {
  cancel: "Cancel",
  save: "Save",
  search: "Search",
  sign_out: "Sign out",
  skip_to_content: "Skip to the content",
  nothing_here: "Nothing here yet.",
  pages_next: "Next",
  pages_previous: "Previous",
  held: "Held",
  payable: "Payable",
  paid: "Paid",
  order: "Order",
  partner: "Partner",
  date: "Date",
  amount: "Amount",
  reason: "Reason",
  state: "State",
} as const;
