import { adjust, reverseAdjustment } from "../../../server/src/adjustments/adjust.ts";
import { approveAdjustment, refuseAdjustment } from "../../../server/src/adjustments/approval.ts";
import { asDeed } from "../../../server/src/deps/actor.ts";
import type { Deps } from "../../../server/src/deps/deps.ts";
import type { Chance } from "./chance.ts";

const currencies = ["EUR", "USD", "JPY"] as const;
/** Above it a second person approves. */
export const approvalAboveMinor = { EUR: 20_000, USD: 20_000, JPY: 20_000 };

/** Does something as Ann, who enters and proposes, or as Ben, who approves. */
export const by = <T>(name: "ann" | "ben", work: () => Promise<T>): Promise<T> =>
  asDeed({ actor: `cli:${name}`, action: "two years", subject: undefined }, work);

/** What is booked by hand, with what should stand of it at the end. */
export class Corrections {
  /** By `partner currency`. */
  readonly standing = new Map<string, number>();
  readonly counts = { adjusted: 0, secondPerson: 0, reversed: 0 };
  readonly #deps: Deps;
  readonly #chance: Chance;
  readonly #partners: readonly string[];
  readonly #booked: { id: string; name: string; amountMinor: number }[] = [];

  constructor(deps: Deps, chance: Chance, partners: readonly string[]) {
    this.#deps = deps;
    this.#chance = chance;
    this.#partners = partners;
  }

  /** A month's: some are entered, some of the larger refused by the second person, and one of the older taken back. */
  async correct(): Promise<void> {
    for (let some = 1 + this.#chance.below(3); some > 0; some--) await this.#bookByHand();
    const [last] = this.#booked;
    if (last === undefined || !this.#chance.is(0.4)) return;
    this.#booked.shift();
    const back = await by("ann", () => reverseAdjustment(this.#deps, last.id, { note: "Taken back" }));
    if (back.status === "pending") await by("ben", () => approveAdjustment(this.#deps, back.id));
    this.#note(last.name, -last.amountMinor);
    this.counts.reversed += 1;
  }

  async #bookByHand(): Promise<void> {
    const partner = this.#chance.among(this.#partners);
    const currency = this.#chance.among(currencies);
    const kind = this.#chance.among(["adjustment", "bonus", "allowance"] as const);
    const sign = kind === "adjustment" && this.#chance.is(0.6) ? -1 : 1;
    const amountMinor = sign * (1 + this.#chance.below(30_000));
    const at = ++this.counts.adjusted;
    const texts = { reference: `T-${at}`, note: "Agreed" };
    const claim = { for: "marketing" as const, budget: "fairs", claim: `C-${at}` };
    const made = await by("ann", () =>
      adjust(this.#deps, {
        ...{ partner, amountMinor, currency, kind, ...texts },
        ...(kind === "allowance" ? { allowance: claim } : {}),
      }),
    );
    if (made.status === "pending") {
      this.counts.secondPerson += 1;
      const isRefused = this.#chance.is(0.3);
      await by("ben", () =>
        isRefused ? refuseAdjustment(this.#deps, made.id) : approveAdjustment(this.#deps, made.id),
      );
      if (isRefused) return;
    }
    this.#note(`${partner} ${currency}`, amountMinor);
    this.#booked.push({ id: made.id, name: `${partner} ${currency}`, amountMinor });
  }

  #note(name: string, minor: number): void {
    this.standing.set(name, (this.standing.get(name) ?? 0) + minor);
  }
}
