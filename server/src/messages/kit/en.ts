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
} as const;
