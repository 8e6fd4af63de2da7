import type { DatabaseSync, StatementSync } from "node:sqlite";
// Taken from the module rather than the global object, so that a test's false clock does not stop the store.
import { setImmediate } from "node:timers";
import type { Tx } from "../store.ts";
import { OneTurn } from "./one-turn.ts";
import { SqliteTx, Statements } from "./tx.ts";

interface Connection {
  readonly db: DatabaseSync;
  readonly statements: Statements;
  readonly begin: StatementSync;
  readonly commit: StatementSync;
}

/** Reads one after another keep the event loop for so long, and then let it turn. */
const turnMs = 4;

/**
 * Reads on a connection of their own, which is opened on first use: they see what is committed and never wait for
 * the writer's queue. Each piece of work has a snapshot of its own, one after another. Statements on SQLite wait for
 * nothing, so a walk in many reads would keep everybody else waiting until its end: between two of them the event loop
 * turns every few milliseconds.
 */
export class SnapshotReads {
  readonly #open: () => DatabaseSync;
  readonly #turn = new OneTurn();
  #connection: Connection | undefined;
  #last: Promise<unknown> = Promise.resolve();
  /** When the first read of this turn of the event loop began. */
  #turnBegan: number | undefined;

  constructor(open: () => DatabaseSync) {
    this.#open = open;
  }

  read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const result = this.#last.then(() => {
      const turn = this.#giveWay();
      return turn === undefined ? this.#run(work) : turn.then(() => this.#run(work));
    });
    this.#last = result.then(ignore, ignore);
    return result;
  }

  /** A turn of the event loop, when reads have had theirs. */
  #giveWay(): Promise<void> | undefined {
    const now = performance.now();
    if (this.#turnBegan === undefined) {
      this.#turnBegan = now;
      setImmediate(() => {
        this.#turnBegan = undefined;
      });
    }
    if (now - this.#turnBegan < turnMs) return undefined;
    return new Promise((resolve) => {
      setImmediate(resolve);
    });
  }

  /** Resolves once nothing is being read. */
  async idle(): Promise<void> {
    await this.#last;
  }

  close(): void {
    this.#connection?.db.close();
  }

  async #run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const { db, statements, begin, commit } = this.#connect();
    const tx = new SqliteTx(statements);
    begin.run();
    this.#turn.begin();
    try {
      const result = await this.#turn.await(work(tx));
      tx.end();
      return result;
    } finally {
      this.#turn.finish();
      tx.abandon();
      if (db.isTransaction) commit.run();
    }
  }

  #connect(): Connection {
    if (!this.#connection) {
      const db = this.#open();
      this.#connection = {
        db,
        statements: new Statements(db),
        begin: db.prepare("begin"),
        commit: db.prepare("commit"),
      };
    }
    return this.#connection;
  }
}

const ignore = () => {};
