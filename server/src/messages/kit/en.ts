// Made from server/messages/kit/en.mf2 by test/messages/make-catalogues.ts.

/** English. */
export const texts = {
  skip: "Skip to the content",
  menu: "Menu",
  navigation: "Main",
  sign_out: "Sign out",
  signed_in_as: "Signed in as {name}",
  support: "Questions?",
  search: "Search",
  search_hint: "Order, licence, serial, e-mail address or partner",
  filter: "Filter",
  clear_filters: "Clear",
  any: "any",
  next_page: "Next page",
  first_page: "First page",
  export_csv: "Export as CSV",
  sorted_up: "sorted, smallest first",
  sorted_down: "sorted, largest first",
  sorted_page: "sorted within this page",
  empty_filtered: "Nothing fits these filters",
  shown: {
    by: "count",
    variants: {
      one: "{count} row",
      other: "{count} rows",
    },
  },
  as_table: "As a table",
  cancel: "Cancel",
  own_sign_in: "Your sign-in",
  denied_stranger: "Please sign in",
  denied_stranger_text: "Your sign-in has ended, or this browser was never signed in. Nothing was changed.",
  denied_other: "This page is not for you",
  denied_other_text:
    "You are signed in, but this belongs to other people. If it should be yours, ask whoever invited you.",
  denied_stale: "Please sign in again",
  denied_stale_text:
    "For this you must have signed in a short while ago. Sign in again, then repeat it. Nothing was changed.",
  denied_form: "This form is out of date",
  denied_form_text:
    "The page that sent this was opened under another sign-in, or by another site. Nothing was changed.",
  denied_sign_in: "Sign in",
  denied_back: "Back to the page",
  denied_kept: "What you entered is kept on this page.",
  denied_kept_how: "Sign in in the new window, come back here, and send it again.",
  denied_again: "Send it again",
  failure: "Something failed here",
  failure_text: "It was noted, and it is not your fault. Please try again in a minute.",
} as const;
