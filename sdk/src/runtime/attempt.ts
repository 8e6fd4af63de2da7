/** What a call returns, or another value when it throws: a product's own code must not throw into the product. */
export function attempt<Value>(run: () => Value, otherwise: Value): Value {
  try {
    return run();
  } catch {
    return otherwise;
  }
}

/** The members of an object that was handed over; none of what cannot be looked at. */
export const membersOf = <Given extends object>(given: Given | null | undefined): Partial<Given> =>
  attempt<Partial<Given>>(() => ({ ...given }), {});
