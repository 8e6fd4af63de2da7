/** How much is under way at once, in all and to one destination. */
export interface LaneLimits {
  workers: number;
  perDestination: number;
}

/**
 * Counts what is under way to each destination. One that has just failed gets a single lane until it succeeds, so that
 * the lanes of all are not taken up by waiting for it.
 */
export class Lanes {
  readonly #limits: LaneLimits;
  readonly #busy = new Map<string, number>();
  readonly #ailing = new Set<string>();
  #total = 0;

  constructor(limits: LaneLimits) {
    this.#limits = limits;
  }

  /** How many lanes are left of all. */
  get left(): number {
    return this.#limits.workers - this.#total;
  }

  /** How many more may be sent to a destination now. */
  free(destination: string): number {
    const most = this.#ailing.has(destination) ? 1 : this.#limits.perDestination;
    return Math.max(0, Math.min(this.left, most - (this.#busy.get(destination) ?? 0)));
  }

  enter(destination: string): void {
    this.#busy.set(destination, (this.#busy.get(destination) ?? 0) + 1);
    this.#total++;
  }

  leave(destination: string, isWell: boolean): void {
    const left = (this.#busy.get(destination) ?? 1) - 1;
    if (left > 0) this.#busy.set(destination, left);
    else this.#busy.delete(destination);
    if (isWell) this.#ailing.delete(destination);
    else this.#ailing.add(destination);
    this.#total--;
  }
}
