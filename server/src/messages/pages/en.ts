// Made from server/messages/pages/en.mf2 by test/messages/make-catalogues.ts.

/** English. */
export const texts = {
  cancel: "Cancel",
  save: "Save",
  search: "Search",
  sign_out: "Sign out",
  nothing_here: "Nothing here yet.",
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
