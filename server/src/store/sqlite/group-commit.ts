import type { DatabaseSync } from "node:sqlite";
// Taken from the module rather than the global object, so that a test's false clock does not stop the store.
import { setImmediate, setTimeout } from "node:timers";
import { Refusal } from "../../words/refusal.ts";
import type { Tx } from "../store.ts";
import type { WriteTurn } from "../write-turn.ts";
import { isBusy } from "./file.ts";
import { ForeignAwaitError, OneTurn } from "./one-turn.ts";
import { SqliteTx, type Statements } from "./tx.ts";

interface Job {
  readonly work: (tx: Tx) => Promise<unknown>;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
  failed: boolean;
  /** What the work gave, or what it threw. */
  result: unknown;
}

/** How much work shares a commit, and how long it may wait. */
export interface GroupCommitOptions {
  /** The most pieces of work in one commit. 1: one commit each. */
  jobsPerCommit: number;
  /** How long the event loop is kept before a commit: what is left waits for the next turn. */
  turnMs: number;
  /** How long work waits while another process writes, before it is refused as `busy`. */
  busyMs: number;
  /** The turn to write among the connections of this process. */
  turn: WriteTurn;
}

// Savepoints cost a tenth of a purchase: SQLite keeps the former state of every page that work touches.
const batchesCarefulAfterFailure = 16;

/**
 * A connection's writer. Work is queued; once a turn of the event loop what is queued runs, one piece after another, in one
 * transaction. A piece that throws is undone alone: the batch is rolled back and run again, now and for a while with
 * each piece in a savepoint of its own. Promises settle after the commit has returned, which is after the log is on
 * the disk; if it fails, all of them reject.
 */
export class GroupCommit {
  readonly #db: DatabaseSync;
  readonly #statements: Statements;
  readonly #options: GroupCommitOptions;
  readonly #turn = new OneTurn();
  readonly #sql: Record<"begin" | "commit" | "savepoint" | "release" | "rollbackTo", () => unknown>;
  #queue: Job[] = [];
  #scheduled = false;
  #running = false;
  #carefulBatches = 0;
  #busySinceMs: number | undefined;
  #whenIdle: (() => void)[] = [];

  constructor(db: DatabaseSync, statements: Statements, options: GroupCommitOptions) {
    this.#db = db;
    this.#statements = statements;
    this.#options = options;
    const prepare = (text: string) => {
      const statement = db.prepare(text);
      return () => statement.run();
    };
    this.#sql = {
      begin: prepare("begin immediate"),
      commit: prepare("commit"),
      savepoint: prepare("savepoint job"),
      release: prepare("release job"),
      rollbackTo: prepare("rollback to job"),
    };
  }

  /** Queues work; resolves with what it gave once that is durable. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ work, resolve, reject, failed: false, result: undefined });
      this.#schedule();
    });
  }

  /** Resolves once nothing is queued or under way. */
  idle(): Promise<void> {
    if (this.#queue.length === 0 && !this.#running) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  #schedule(): void {
    if (this.#scheduled || this.#running || this.#queue.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      void this.#runTurn();
    });
  }

  async #runTurn(): Promise<void> {
    const { turn, turnMs } = this.#options;
    this.#running = true;
    let untilMs = performance.now() + turnMs;
    let free = true;
    do {
      const others = turn.take();
      if (others !== undefined) {
        await others;
        untilMs = performance.now() + turnMs;
      }
      free = this.#begin();
      if (free) await this.#runBatch(untilMs);
      turn.pass();
    } while (free && this.#queue.length > 0 && performance.now() < untilMs);
    this.#running = false;
    if (this.#queue.length === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
    else if (free) this.#schedule();
    else setTimeout(() => this.#schedule(), 1 + Math.random() * 9);
  }

  /** False when another process writes just now. */
  #begin(): boolean {
    try {
      this.#sql.begin();
      this.#busySinceMs = undefined;
      return true;
    } catch (error) {
      const now = performance.now();
      this.#busySinceMs ??= now;
      if (isBusy(error) && now - this.#busySinceMs < this.#options.busyMs) return false;
      this.#busySinceMs = undefined;
      const refusal = isBusy(error)
        ? new Refusal("busy", "the database is being written by another process", { cause: error })
        : error;
      for (const job of this.#queue.splice(0)) job.reject(refusal);
      return false;
    }
  }

  async #runBatch(untilMs: number): Promise<void> {
    const jobs: Job[] = [];
    const careful = this.#carefulBatches > 0;
    if (careful) this.#carefulBatches -= 1;
    try {
      this.#turn.begin();
      do {
        const job = this.#queue.shift();
        if (!job) break;
        jobs.push(job);
        if (careful) await this.#runInSavepoint(job);
        else if (!(await this.#run(job))) return this.#undo(jobs);
      } while (jobs.length < this.#options.jobsPerCommit && performance.now() < untilMs);
      this.#turn.finish();
      this.#sql.commit();
    } catch (error) {
      this.#turn.finish();
      if (this.#db.isTransaction) this.#db.exec("rollback");
      for (const job of jobs) job.reject(error);
      return;
    }
    for (const job of jobs) {
      if (job.failed) job.reject(job.result);
      else job.resolve(job.result as never);
    }
  }

  /** The last of these has thrown, outside a savepoint: what ran before it in the same transaction runs again. */
  #undo(jobs: Job[]): void {
    this.#turn.finish();
    if (this.#db.isTransaction) this.#db.exec("rollback");
    const [only, ...others] = jobs;
    if (only && others.length === 0) {
      only.reject(only.result);
      return;
    }
    for (const job of jobs) job.failed = false;
    this.#queue.unshift(...jobs);
    this.#carefulBatches = batchesCarefulAfterFailure;
  }

  /** Throws only what ends the whole batch, such as a full disk, after which SQLite has undone the transaction. */
  async #runInSavepoint(job: Job): Promise<void> {
    this.#sql.savepoint();
    if (!(await this.#run(job))) {
      if (!this.#db.isTransaction) throw job.result;
      this.#sql.rollbackTo();
      if (job.result instanceof ForeignAwaitError) this.#turn.begin();
    }
    this.#sql.release();
  }

  /** Runs work and keeps its result; returns whether it succeeded. */
  async #run(job: Job): Promise<boolean> {
    const tx = new SqliteTx(this.#statements);
    try {
      job.result = await this.#turn.await(job.work(tx));
      tx.end();
    } catch (error) {
      tx.abandon();
      job.failed = true;
      job.result = error;
    }
    return !job.failed;
  }
}
