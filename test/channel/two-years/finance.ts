import { settleWaiting } from "../../../server/src/approvals/approvals.ts";
import { setAgreement } from "../../../server/src/channel/agreements.ts";
import { answerDispute } from "../../../server/src/disputes/answer-dispute.ts";
import { openDispute } from "../../../server/src/disputes/open-dispute.ts";
import { ruleDispute } from "../../../server/src/disputes/rule-dispute.ts";
import { correctOrder } from "../../../server/src/orders/rule/correct-order.ts";
import { releaseDue } from "../../../server/src/orders/rule/release.ts";
import { setDetails } from "../../../server/src/partner-details/details.ts";
import { approvePayout } from "../../../server/src/payouts/change-batch.ts";
import { confirmPayout } from "../../../server/src/payouts/confirm.ts";
import { exportPayout } from "../../../server/src/payouts/export.ts";
import { proposePayouts } from "../../../server/src/payouts/propose.ts";
import { payoutBlocks } from "../../../server/src/receiver/payout-blocks.ts";
import { answerStatement } from "../../../server/src/statements/answer-statement.ts";
import { closeStatements } from "../../../server/src/statements/close-statements.ts";
import type { ReceiverWorld } from "../../journey/receiver-world.ts";
import { detailsOf, ibans } from "../../payouts/payout-details.ts";
import { Bank } from "./bank.ts";
import type { Chance } from "./chance.ts";
import { by, Corrections } from "./corrections.ts";
import { type Ruled, type Single, singlesOf } from "./rulings.ts";
import type { Sells, Story } from "./story.ts";

/**
 * The vendor's people over two years, and what partners do to them: each month they correct by hand, close, propose,
 * approve, send and confirm, while accounts are changed, orders contested and payments sent back. What they do is noted
 * beside it in plain sums, for the reckoning at the end.
 */
export class Finance {
  readonly bank: Bank;
  readonly corrections: Corrections;
  readonly ruled: Ruled[] = [];
  readonly counts = { disputes: 0, takenOut: 0, changed: 0 };
  readonly #world: ReceiverWorld;
  readonly #chance: Chance;
  readonly #partners: { id: string; kind: string }[];
  readonly #singles: Single[];
  readonly #details = new Map<string, { iban: string; changedOn: number | undefined }>();
  readonly #contested = new Set<string>();
  readonly #open: { id: string; claims: string; order: string; on: number }[] = [];
  #proposed: { id: string; content?: string }[] = [];
  readonly #sent: { id: string; content: string }[] = [];
  readonly #toAccept = new Set<string>();

  constructor(world: ReceiverWorld, story: Story, chance: Chance) {
    this.#world = world;
    this.#chance = chance;
    this.bank = new Bank(chance);
    this.#partners = story.days
      .flat()
      .flatMap((deed) => (deed.does === "joins" ? [{ id: deed.partner, kind: deed.kind }] : []));
    this.corrections = new Corrections(
      world.deps,
      chance,
      this.#partners.map(({ id }) => id),
    );
    // A contested order is looked for by its number in the shops that are configured.
    this.#singles = singlesOf(story).filter(({ sells }) =>
      [...world.deps.config.shops.keys()].some((shop) => shop === sells.shop),
    );
  }

  /** What happens in the evening of a day of the story. */
  async work(day: number): Promise<void> {
    if (day === 0) await this.#agree();
    switch (new Date(this.#world.now).getUTCDate()) {
      case 3:
        return this.#contest(day);
      case 6:
        return this.#closeMonth();
      case 7:
        return this.#propose();
      case 8:
        return this.#changeDetails(day, 0.1);
      case 9:
        return this.#approve();
      case 10:
        return this.#send(day);
      case 13:
        return this.#hearBank();
      case 17:
        return this.#rule(day);
      case 21:
        return this.#hearBank();
      case 24:
        await this.#voidOne(day);
        return this.corrections.correct();
      case 27:
        return this.#changeDetails(day, 0.05);
    }
  }

  /** When the story is over: what is contested is ruled on, what is held comes free, and the account is closed. */
  async finish(day: number): Promise<void> {
    await this.#hearBank();
    await this.#rule(day);
    this.#world.pass(45);
    await releaseDue(this.#world.deps);
    // Who is to be invoiced for and gave no details until now has no statement yet.
    for (const { id } of this.#partners) if (!this.#details.has(id)) await this.#setDetails(id, day);
    await this.#closeMonth(new Date(this.#world.now).toISOString().slice(0, 7));
  }

  get #deps() {
    return { ...this.#world.deps, blocks: payoutBlocks };
  }

  /** Half have the vendor write their invoices; half of these accept by silence. Some have no details for a long time. */
  async #agree(): Promise<void> {
    for (const { id } of this.#partners) {
      if (this.#chance.is(0.5))
        await setAgreement(this.#deps, id, {
          selfBilling: true,
          ...(this.#chance.is(0.5) ? { silenceDays: 5 } : {}),
        });
      if (this.#chance.is(0.7)) await this.#setDetails(id, 0);
    }
  }

  async #setDetails(partner: string, day: number): Promise<void> {
    const before = this.#details.get(partner);
    const iban = this.#chance.among(ibans.filter((one) => one !== before?.iban));
    const treatment = this.#chance.among(["domestic", "domestic", "reverse_charge", "outside_scope"]);
    await setDetails(
      this.#deps,
      partner,
      detailsOf(partner, {
        tax: { treatment, vatId: "DE123456789" },
        accounts: [{ kind: "iban", name: partner, iban }],
      }),
    );
    this.#details.set(partner, { iban, changedOn: before === undefined ? undefined : day });
  }

  async #changeDetails(day: number, often: number): Promise<void> {
    for (const { id } of this.#partners)
      if (this.#chance.is(often)) {
        await this.#setDetails(id, day);
        this.counts.changed += 1;
      }
  }

  async #closeMonth(period = lastMonth(this.#world.now)): Promise<void> {
    await releaseDue(this.#deps);
    const { statements } = await closeStatements(this.#deps, { period });
    for (const { number, kind } of statements)
      if (kind !== "statement" && number !== null) this.#toAccept.add(number);
    // Closed again nothing is closed, and no number is used up.
    const again = await closeStatements(this.#deps, { period });
    if (again.statements.length > 0) throw new Error(`${period} was closed twice`);
    for (const number of this.#toAccept)
      if (this.#chance.is(0.8)) {
        await answerStatement(this.#deps, number, { answer: "accepted" });
        this.#toAccept.delete(number);
      }
  }

  async #propose(): Promise<void> {
    const { batches } = await by("ann", () => proposePayouts(this.#deps, { minimumMinor: 100 }));
    this.#proposed = batches.map(({ id }) => ({ id }));
  }

  async #approve(): Promise<void> {
    for (const { id } of this.#proposed) {
      const { takenOut } = await by("ben", () => approvePayout(this.#deps, id));
      this.counts.takenOut += takenOut.length;
    }
  }

  async #send(day: number): Promise<void> {
    for (const { id } of this.#proposed) {
      const format = this.#chance.is(0.7) ? "pain.001" : "csv";
      const send = () => by("ann", () => exportPayout(this.#deps, id, { format }));
      const file = await send().catch((error: { code?: string }) => {
        if (error.code === "payout_state") return undefined;
        throw error;
      });
      if (file === undefined) continue;
      if ((await send()).content !== file.content) throw new Error(`${id} was sent as two files`);
      this.counts.takenOut += file.takenOut.length;
      for (const { payee, iban } of this.bank.take(file.content)) this.#expectKnown(payee, iban, day);
      if (this.bank.take(file.content).length > 0) throw new Error(`${id} was paid twice`);
      this.#sent.push({ id, content: file.content });
    }
    this.#proposed = [];
  }

  /** To another account than the partner's, or to one that was changed ten days ago, nothing goes. */
  #expectKnown(partner: string, iban: string, day: number): void {
    const known = this.#details.get(partner);
    if (known?.iban.replaceAll(" ", "") !== iban) throw new Error(`${partner} was paid to a strange account`);
    if (known.changedOn !== undefined && day - known.changedOn < 10)
      throw new Error(`${partner} was paid ${day - known.changedOn} days after its account was changed`);
  }

  /** The bank's word on what was sent this month and the one before, each said twice. */
  async #hearBank(): Promise<void> {
    for (const { id, content } of this.#sent.slice(-8)) {
      const file = this.bank.answer(content);
      await by("ann", () => confirmPayout(this.#deps, id, { file }));
      const { changed } = await by("ann", () => confirmPayout(this.#deps, id, { file }));
      if (Object.values(changed).some((some) => some > 0)) throw new Error(`${id} was confirmed twice`);
    }
  }

  /** Partners contest orders of the last weeks: some of them another's, one in four by two partners at once. */
  async #contest(day: number): Promise<void> {
    for (const { order } of this.#take(day, 2)) {
      const number = order;
      for (const claims of this.#chance.is(0.25)
        ? [this.#claimant(), this.#claimant()]
        : [this.#claimant()]) {
        const { id } = await openDispute(this.#deps, claims, { number, text: "We sold it." });
        if (this.#chance.is(0.5)) await answerDispute(this.#deps, id, { text: "By which invoice?" });
        this.#open.push({ id, claims, order, on: day });
        this.counts.disputes += 1;
      }
    }
  }

  /** A ruling is evidence of a kind that affiliates' plans do not pay for, so these contest in vain and are left out. */
  #claimant(): string {
    return this.#chance.among(this.#partners.filter(({ kind }) => kind !== "affiliate")).id;
  }

  /** Some rulings come in the month of the claim, others in the next: what was paid meanwhile is taken back. */
  async #rule(day: number): Promise<void> {
    for (const one of this.#open.splice(0)) {
      if (one.on + 20 > day && this.#chance.is(0.4)) {
        this.#open.push(one);
        continue;
      }
      const fate = this.#chance.below(10);
      const to =
        fate < 5 ? { partner: one.claims } : fate < 7 ? ("nobody" as const) : ("as-decided" as const);
      await by("ben", () => ruleDispute(this.#deps, one.id, { to, note: "By the papers" }));
      if (to !== "as-decided") this.ruled.push({ order: one.order, on: day, is: to });
    }
  }

  /** An order of which nothing stands, as its shop never told. */
  async #voidOne(day: number): Promise<void> {
    for (const { shop, order } of this.#take(day, this.#chance.below(2))) {
      const { waits } = await by("ann", () =>
        correctOrder(this.#deps, { shop, order, what: { void: true }, note: "Paid back by transfer" }),
      );
      const asked = waits?.id;
      if (asked !== undefined) await by("ben", () => settleWaiting(this.#deps, asked, "booked"));
      this.ruled.push({ order, on: day, is: "void" });
    }
  }

  /** Orders of the last weeks that nobody has contested or voided, each once. */
  #take(day: number, most: number): Sells[] {
    const fit = this.#singles.filter(
      ({ sells, day: sold }) => sold < day && sold > day - 60 && !this.#contested.has(sells.order),
    );
    const taken: Sells[] = [];
    for (let at = 0; at < most && fit.length > 0; at++) {
      const [one] = fit.splice(this.#chance.below(fit.length), 1);
      if (one === undefined) break;
      this.#contested.add(one.sells.order);
      taken.push(one.sells);
    }
    return taken;
  }
}

function lastMonth(now: number): string {
  const at = new Date(now);
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
}
