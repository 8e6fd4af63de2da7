// Taken from the module rather than the global object, so that a test's false clock does not stop the store.
import { setImmediate } from "node:timers/promises";
import type pg from "pg";
import type { Statement } from "../query.ts";
import type { Tx } from "../store.ts";
import { type Ask, type Elsewhere, GroupTx, nameOf, type PendingWrite, type Row } from "./group-tx.ts";
import { whose } from "./many.ts";
import type { ManyStatements } from "./prepared-many.ts";
import { type AskOptions, preparedBy } from "./tx.ts";
import { forgetYoungPlans } from "./young-plans.ts";

/** What became of work in a group that was committed: its result, or where it goes instead. */
export type GroupResult = { result: unknown } | { goes: Elsewhere; waitsFor: string | undefined };

/** A group failed as a whole. Nothing of it is in the database, unless the answer to its commit was not heard. */
export class GroupFailure extends Error {
  readonly isInDoubt: boolean;
  constructor(cause: unknown, isInDoubt: boolean) {
    super("a group of transactions failed", { cause });
    this.isInDoubt = isInDoubt;
  }
}

/**
 * Statements are planned by indexes: a plan that was made while a table was small is used when it is large. The settings
 * end with the transaction, so a pooler may lend the connection to others.
 */
export const byIndexes =
  "set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off";

/** How a group's transaction begins. Statements are planned for any parameters. */
const begin = `begin isolation level read committed; set local plan_cache_mode = force_generic_plan;
  ${byIndexes}; set local lock_timeout = 1000`;

/** A statement that writes for many. */
interface Writing {
  readonly does: keyof typeof ranks;
  send(): Promise<void>;
}

interface Member {
  readonly tx: GroupTx;
  outcome: { result: unknown } | { error: unknown } | undefined;
}

/**
 * Runs pieces of work in one transaction: in rounds, in each of which all ask what they ask next. None is undone alone: work
 * that fails or leaves has written nothing yet, and where it has, the group fails.
 *
 * @throws GroupFailure
 */
export async function runGroup(
  client: pg.ClientBase,
  works: readonly ((tx: Tx) => Promise<unknown>)[],
  options: AskOptions & { statements: ManyStatements },
): Promise<GroupResult[]> {
  const group = new Group(client, options);
  try {
    group.begin();
    const members = works.map((work) => group.join(work));
    while (await group.askRound());
    await group.commit();
    return members.map(({ outcome, tx }) =>
      outcome !== undefined && "result" in outcome && tx.left === undefined
        ? { result: outcome.result }
        : { goes: tx.left ?? "alone", waitsFor: tx.waitsFor },
    );
  } catch (error) {
    group.abandon();
    throw new GroupFailure(error, group.isCommitting);
  }
}

class Group {
  readonly #client: pg.ClientBase;
  readonly #options: AskOptions & { statements: ManyStatements };
  readonly #holders = new Map<string, GroupTx>();
  readonly #members: Member[] = [];
  #begun: Promise<unknown> = Promise.resolve();
  isCommitting = false;

  constructor(client: pg.ClientBase, options: AskOptions & { statements: ManyStatements }) {
    this.#client = client;
    this.#options = options;
  }

  /** Not waited for: it travels together with the first round. */
  begin(): void {
    this.#begun = this.#send({ text: begin + forgetYoungPlans(this.#client) });
    this.#begun.catch(() => {});
  }

  join(work: (tx: Tx) => Promise<unknown>): Member {
    const tx = new GroupTx(this.#holders);
    const member: Member = { tx, outcome: undefined };
    this.#members.push(member);
    const ended = (outcome: Member["outcome"]) => {
      member.outcome = outcome;
      tx.end();
    };
    work(tx).then(
      (result) => ended({ result }),
      (error) => ended({ error }),
    );
    return member;
  }

  /** Asks for all members what they ask next; false once all have ended. */
  async askRound(): Promise<boolean> {
    await this.#allAskOrEnd();
    const asking = this.#members.filter(({ tx }) => tx.asks.length > 0).map(({ tx }) => tx);
    if (asking.length === 0) return false;
    const writers = asking.filter(({ asks }) => asks.some((ask) => ask.afterWrites));
    const asked = asking.flatMap((tx) => tx.takeAsks().map((ask) => ({ tx, ask })));
    const batches = new Map<Statement, { tx: GroupTx; ask: Ask }[]>();
    for (const one of asked) getOrMake(batches, one.ask.statement).push(one);
    for (const statement of batches.keys()) await this.#prepare(statement);
    const written = writers.length === 0 ? [] : await this.#writesOf(writers);
    for (const tx of writers) tx.hasWritten = true;
    await all([
      ...written.map(({ send }) => send()),
      ...[...batches].map((batch) => this.#askBatch(...batch)),
    ]);
    return true;
  }

  /** Writes what is left to write, and commits. */
  async commit(): Promise<void> {
    const done = this.#members.filter(({ tx, outcome }) => {
      const isDone = outcome !== undefined && "result" in outcome && tx.left === undefined;
      if (!isDone && tx.hasWritten) throw new Error("a member left its group after it had written");
      return isDone;
    });
    const writes = await this.#writesOf(done.map(({ tx }) => tx));
    const change = writes.findLastIndex(({ does }) => does === "update");
    // That a row was changed is looked at before the commit; sums are locked by all who sell for one partner.
    if (change >= 0) await all(writes.splice(0, change + 1).map(({ send }) => send()));
    this.isCommitting = true;
    await all([...writes.map(({ send }) => send()), this.#sendCommit()]);
  }

  async #sendCommit(): Promise<void> {
    const { command } = await this.#send({ text: "commit" });
    if (command !== "COMMIT") throw new Error("the group was rolled back");
  }

  /** Ends all members: what they wait for fails. */
  abandon(): void {
    for (const { tx, outcome } of this.#members)
      if (outcome === undefined) tx.leave("alone", "the group failed");
  }

  /** Waits until each member has asked something or ended. One that awaits something else goes alone. */
  async #allAskOrEnd(): Promise<void> {
    const isBusy = ({ tx, outcome }: Member) => outcome === undefined && tx.asks.length === 0 && !tx.left;
    for (let turns = 0; turns < 200; turns++) {
      if (!this.#members.some(isBusy)) return;
      await null;
    }
    await setImmediate();
    for (const member of this.#members)
      if (isBusy(member)) member.tx.leave("alone", "it awaited something other than its transaction");
  }

  async #askBatch(statement: Statement, asked: { tx: GroupTx; ask: Ask }[]): Promise<void> {
    let answers: Row[][];
    try {
      answers = await this.#rowsOf(statement, asked);
    } catch (error) {
      for (const { ask } of asked) ask.fail(error);
      throw error;
    }
    for (const [index, { tx, ask }] of asked.entries()) {
      const rows = answers[index] ?? [];
      if (tx.left === undefined) ask.answer(rows);
      else ask.fail(tx.leave(tx.left, "it was left"));
    }
  }

  async #rowsOf(statement: Statement, asked: { ask: Ask }[]): Promise<Row[][]> {
    const compiled = statement.compileFor("postgres");
    if (!/\$1\b/.test(compiled.text)) {
      const { rows } = await this.#send({ ...compiled, values: compiled.values({}) });
      return asked.map(() => rows.map((row) => ({ ...row })));
    }
    const many = this.#options.statements.of(statement);
    const { rows } = await this.#send({ ...many, values: many.values(asked.map(({ ask }) => ask.values)) });
    const answers: Row[][] = asked.map(() => []);
    for (const row of rows as Row[]) {
      const owner = row[whose] as number;
      delete row[whose];
      answers[owner - 1]?.push(row);
    }
    return answers;
  }

  /** Takes what members have still to write, a statement each, in the order in which they are to be sent. */
  async #writesOf(writers: readonly GroupTx[]): Promise<Writing[]> {
    const batches = new Map<Statement, PendingWrite[]>();
    for (const tx of writers)
      for (const write of tx.takeWrites()) getOrMake(batches, write.statement).push(write);
    for (const statement of batches.keys()) await this.#prepare(statement);
    // Nothing is written outside the transaction.
    await this.#begun;
    const writings = [...batches].flatMap(([statement, writes]) => {
      const does = writes[0]?.part.does;
      return does === undefined ? [] : [{ does, send: () => this.#write(statement, inOneOrder(writes)) }];
    });
    return writings.sort((a, b) => ranks[a.does] - ranks[b.does]);
  }

  async #write(statement: Statement, writes: readonly PendingWrite[]): Promise<void> {
    const many = this.#options.statements.of(statement);
    const { values } = statement.compileFor("postgres");
    const sets = writes.map(({ params }) => values(params));
    const { rowCount } = await this.#send({ ...many, values: many.values(sets) });
    if (rowCount !== sets.length)
      throw new Error("a statement for many changed other rows than those it was to");
  }

  async #prepare(statement: Statement): Promise<void> {
    await this.#options.statements.prepare(
      statement,
      async (text) => (await this.#send({ text })).rows as Row[],
    );
  }

  #send(asked: { text: string; name?: string; values?: unknown[] }): Promise<pg.QueryResult> {
    const query = { ...asked, query_timeout: this.#options.answerWithinMs };
    return this.#client.query(preparedBy(query, this.#options));
  }
}

/** All at once; of those that fail the first one's error, as what it leads to fails too. */
async function all(promises: readonly Promise<unknown>[]): Promise<void> {
  for (const settled of await Promise.allSettled(promises))
    if (settled.status === "rejected") throw settled.reason;
}

function getOrMake<K, V>(map: Map<K, V[]>, key: K): V[] {
  let list = map.get(key);
  if (list === undefined) {
    list = [];
    map.set(key, list);
  }
  return list;
}

/** Rows are made before they are changed, and sums come last: they are locked by all who sell for one partner. */
const ranks = { claim: 0, insert: 1, update: 2, add: 3 } as const;

/** In an order that is the same for all groups, so that two never wait crosswise; sums of one row are added up. */
function inOneOrder(writes: readonly PendingWrite[]): readonly PendingWrite[] {
  const [first] = writes;
  if (first === undefined || first.part.does === "insert") return writes;
  const named = writes.map((write) => ({
    name: nameOf(write.part, write.params),
    write,
  }));
  named.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  if (first.part.does !== "add") return named.map(({ write }) => write);
  const { sums } = first.part;
  const added = new Map<string, PendingWrite>();
  for (const { name, write } of named) {
    const sum = added.get(name);
    const add = (member: string) => Number(sum?.params[member] ?? 0) + Number(write.params[member]);
    const params = { ...write.params, ...Object.fromEntries(sums.map((member) => [member, add(member)])) };
    added.set(name, { ...write, params });
  }
  return [...added.values()];
}
