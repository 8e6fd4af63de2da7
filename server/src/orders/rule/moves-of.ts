import { addUp, type Move } from "../../four-eyes/limit.ts";
import type { PartnerId } from "../../words/ids.ts";
import type { DecidedOrder } from "../decide/decide-order.ts";

/** What bookings move of partners' money: what the vendor spends on them, and what comes back to it. */
export const movesOf = (decided: readonly DecidedOrder[]): Move[] =>
  addUp(
    decided.flatMap(({ bookings }) =>
      bookings.flatMap(({ partner, currency, debit, credit, amountMinor }) =>
        debit === "expense"
          ? [{ partner, currency, amountMinor }]
          : credit === "expense"
            ? [{ partner, currency, amountMinor: -amountMinor }]
            : [],
      ),
    ),
  );

/** Whose money is moved. */
export const partnersOf = (moves: readonly { partner: PartnerId }[]): PartnerId[] =>
  moves.map(({ partner }) => partner);
