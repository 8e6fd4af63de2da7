import type { GroupPart } from "../group-part.ts";
import type { Query, Statement } from "../query.ts";
import type { Tx } from "../store.ts";

/** A row as it is read. */
export type Row = Record<string, unknown>;

/** Something that a member asks, and that is asked for all members together in the next round. */
export interface Ask {
  readonly statement: Statement;
  readonly values: readonly unknown[];
  /** What the member has still to write bears on the answer, so it is written first. */
  readonly afterWrites: boolean;
  answer(rows: Row[]): void;
  fail(error: unknown): void;
}

/** A row that a member writes once the group commits, or before it reads that table. */
export interface PendingWrite {
  readonly statement: Statement;
  readonly part: Exclude<GroupPart, { does: "claims" | "lock" }>;
  readonly params: Row;
}

/** Where work goes that does not go on in its group: to the next one, or into a transaction of its own. */
export type Elsewhere = "next" | "alone";

/** A member does not go on in its group. */
class LeftGroup extends Error {
  constructor(to: Elsewhere, why: string) {
    super(
      `the transaction has ended: its work goes ${to === "next" ? "into the next group" : "alone"} (${why})`,
    );
    this.name = "LeftGroup";
  }
}

/** The names that members of a group have locked, each by whom. */
export type Holders = Map<string, GroupTx>;

/**
 * A transaction that shares one of PostgreSQL's with others of its group. It behaves as if each had its own at the
 * same time and none had to wait for another. What the members read is asked for in rounds, one statement for all;
 * what they write is kept until the group commits. A member leaves the group, without a trace, as soon as it would
 * have to wait for a row of another, or asks what was not made ready.
 */
export class GroupTx implements Tx {
  readonly engine = "postgres";
  readonly #holders: Holders;
  #asks: Ask[] = [];
  #writes: PendingWrite[] = [];
  #ended = false;
  /** Rows that this transaction makes, by their names: of no other's making, so they are locked. */
  readonly #made = new Map<string, Row>();
  /** Where it went, once it has left. */
  left: Elsewhere | undefined;
  /** The name that another member had locked, where it left for that. */
  waitsFor: string | undefined;
  /** Some of its writes are in the database: it cannot leave any more without the whole group. */
  hasWritten = false;

  constructor(holders: Holders) {
    this.#holders = holders;
  }

  async all<P extends object, R>(query: Query<P, R>, params: P): Promise<R[]> {
    return (await this.#rows(query, params as Row)) as R[];
  }

  async one<P extends object, R>(query: Query<P, R>, params: P): Promise<R | undefined> {
    return (await this.#rows(query, params as Row))[0] as R | undefined;
  }

  async run<P extends object, R>(query: Query<P, R>, params: P): Promise<number> {
    const { part } = query;
    if (part === undefined || part.does === "lock" || part.does === "add")
      return (await this.#rows(query, params as Row)).length;
    this.#mustGoOn();
    return this.#change(query, part, params as Row);
  }

  /** What it waits for. */
  get asks(): readonly Ask[] {
    return this.#asks;
  }

  /** Takes what it waits for, to be asked now. */
  takeAsks(): Ask[] {
    return this.#asks.splice(0);
  }

  /** Takes what it has still to write. */
  takeWrites(): PendingWrite[] {
    return this.#writes.splice(0);
  }

  /** Its work is done: refuses whatever is asked from now on. */
  end(): void {
    this.#ended = true;
  }

  /** Makes it leave its group; what it waits for fails. */
  leave(to: Elsewhere, why: string): LeftGroup {
    this.#ended = true;
    this.left ??= to;
    const left = new LeftGroup(this.left, why);
    for (const ask of this.takeAsks()) ask.fail(left);
    return left;
  }

  #mustGoOn(): void {
    if (this.#ended) throw new LeftGroup(this.left ?? "alone", "it was left, or its work is done");
  }

  #rows(statement: Statement, params: Row): Promise<Row[]> | Row[] {
    this.#mustGoOn();
    const { part } = statement;
    if (part?.does === "lock") return this.#lock(statement, part, params);
    if (part?.does === "add") {
      this.#writes.push({ statement, part, params });
      return part.tells === undefined ? [] : this.#read(part.tells, params);
    }
    if (part !== undefined || !isPlainRead(statement))
      throw this.leave("alone", "a statement was not made ready");
    return this.#read(statement, params);
  }

  #change(statement: Statement, part: GroupPart, params: Row): Promise<number> | number {
    switch (part.does) {
      case "claims":
        return this.#claimAll(part, params);
      case "claim":
        return this.#claim(statement, part, params);
      case "insert":
        this.#writes.push({ statement, part, params });
        return 1;
      case "update":
        return this.#update(statement, part, params);
      default:
        throw this.leave("alone", "a statement was not made ready");
    }
  }

  async #claimAll(part: GroupPart & { does: "claims" }, params: Row): Promise<number> {
    const { each } = part;
    const claim = each.part;
    if (claim?.does !== "claim") throw this.leave("alone", "a statement was not made ready");
    const made = await Promise.all(part.rows(params).map((row) => this.#claim(each, claim, row as Row)));
    return made.reduce((sum, one) => sum + one, 0);
  }

  async #claim(statement: Statement, part: GroupPart & { does: "claim" }, params: Row): Promise<number> {
    const name = nameOf(part, params);
    if (this.#made.has(name)) return 0;
    if ((await this.#ask(part.taken, params, { afterWrites: false })).length > 0) return 0;
    this.#hold(name);
    this.#made.set(name, params);
    this.#writes.push({ statement, part, params });
    return 1;
  }

  async #lock(statement: Statement, part: GroupPart & { does: "lock" }, params: Row): Promise<Row[]> {
    const name = nameOf(part, params);
    const made = this.#made.get(name);
    if (made !== undefined) return [made];
    this.#hold(name);
    const afterWrites = this.#writesTo(part.table);
    const rows = await this.#ask(statement, params, { afterWrites });
    if (rows.length === 0 && (await this.#ask(part.there, params, { afterWrites })).length > 0)
      throw this.leave("alone", "a row is locked by a transaction outside its group");
    return rows;
  }

  async #update(statement: Statement, part: GroupPart & { does: "update" }, params: Row): Promise<number> {
    const name = nameOf(part, params);
    // That a row is the work's own to change is known only of one that it has locked.
    if (this.#holders.get(name) !== this)
      throw this.leave("alone", "a row that it has not locked is to be changed");
    if (part.matches !== undefined && (await this.#read(part.matches, params)).length === 0) return 0;
    this.#writes.push({ statement, part, params });
    return 1;
  }

  /** Locks a name against the other members. */
  #hold(name: string): void {
    const holder = this.#holders.get(name);
    if (holder !== undefined && holder !== this) {
      this.waitsFor = name;
      throw this.leave("next", "another member has locked a row");
    }
    this.#holders.set(name, this);
  }

  #read(statement: Statement, params: Row): Promise<Row[]> {
    const words = wordsOf(statement);
    return this.#ask(statement, params, {
      afterWrites: this.#writes.some(({ part }) => words.has(part.table)),
    });
  }

  #writesTo(table: string): boolean {
    return this.#writes.some(({ part }) => part.table === table);
  }

  #ask(statement: Statement, params: Row, { afterWrites }: { afterWrites: boolean }): Promise<Row[]> {
    this.#mustGoOn();
    const values = statement.compileFor("postgres").values(params);
    return new Promise((answer, fail) => this.#asks.push({ statement, values, afterWrites, answer, fail }));
  }
}

/** What the row is called that a statement is about: locks of one name are locks of one row. */
export const nameOf = (part: { table: string; key?: readonly string[] }, params: Row): string =>
  [part.table, ...(part.key ?? []).map((member) => String(params[member]))].join("\u0000");

const isPlainRead = (statement: Statement): boolean => {
  const { text } = statement.compileFor("postgres");
  return /^\s*(select|with recursive)\s/i.test(text) && !/\bfor (no key )?(update|share)\b/i.test(text);
};

const words = new WeakMap<Statement, ReadonlySet<string>>();

/** All names in a statement's text, those of the tables among them. */
function wordsOf(statement: Statement): ReadonlySet<string> {
  let found = words.get(statement);
  if (found === undefined) {
    found = new Set(statement.compileFor("postgres").text.match(/\w+/g) ?? []);
    words.set(statement, found);
  }
  return found;
}
