import type { Store } from "./store.ts";

/**
 * The same store with some members in place of its own. Its others are taken over as they are: what is made when it is
 * first asked for (`cold`) is not asked for here, as a spread would.
 */
export function storeWith<S extends Store>(store: S, members: Partial<Store>): S {
  return Object.defineProperties({} as S, {
    ...Object.getOwnPropertyDescriptors(store),
    ...Object.getOwnPropertyDescriptors(members),
  });
}
