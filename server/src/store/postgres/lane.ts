// Taken from the module rather than the global object, so that a test's false clock does not stop the store.
import { setImmediate } from "node:timers";
import type pg from "pg";
import type { Tx } from "../store.ts";
import { type GroupFailure, type GroupResult, runGroup } from "./group.ts";
import { ManyStatements } from "./prepared-many.ts";
import type { AskOptions } from "./tx.ts";

type Work = (tx: Tx) => Promise<unknown>;

/** What the lane leaves to the store. */
export interface LaneOptions {
  /** The most pieces of work in a group. */
  groupsOf: number;
  /** The most that run alone at a time: connections are left for others. */
  aloneAtMost: number;
  connect(): Promise<pg.PoolClient>;
  /** How statements are asked just now. */
  asking(): AskOptions;
  /** Runs work in a transaction of its own. */
  alone(work: Work): Promise<unknown>;
  /** Hears that a group is done, so that its connection lives. */
  heard(client: pg.PoolClient): void;
  /**
   * Hears why a group failed that began at a moment. Returns whether its members may go alone; otherwise the error is theirs.
   */
  failed(error: unknown, about: { begunAtMs: number; isInDoubt: boolean; edition: number }): boolean;
}

interface Job {
  readonly work: Work;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
  /** How many groups it has left for the next one. */
  passed: number;
  /** The name that another had locked when it last left one. */
  waitsFor: string | undefined;
}

/** Sales of one licence come behind one another, in a group each; what meets others again and again waits better alone. */
const passesAtMost = 8;

/**
 * One connection on which work that queues is recorded in groups: what came while one was under way is the next. So a
 * purchase pays a fraction of the ways to the database and back, and one commit to disk serves all of a group.
 */
export class Lane {
  readonly #options: LaneOptions;
  readonly #statements = new ManyStatements();
  readonly #queue: Job[] = [];
  readonly #lonely: Job[] = [];
  #runningAlone = 0;
  #isOpen = false;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** Queues work; resolves with what it gave once that is durable. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ work, resolve, reject, passed: 0, waitsFor: undefined });
      if (this.#isOpen) return;
      this.#isOpen = true;
      // What comes in this turn of the event loop is one group.
      setImmediate(() => void this.#run());
    });
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      let client: pg.PoolClient;
      try {
        client = await this.#options.connect();
      } catch (error) {
        for (const job of this.#queue.splice(0)) job.reject(error);
        continue;
      }
      let broken: Error | undefined;
      while (broken === undefined && this.#queue.length > 0) broken = await this.#runGroup(client);
      client.release(broken);
    }
    this.#isOpen = false;
  }

  /** The next group. Of those that wait for one name only the first is in it. */
  #take(): Job[] {
    const names = new Set<string>();
    const jobs: Job[] = [];
    const later: Job[] = [];
    while (this.#queue.length > 0 && jobs.length < this.#options.groupsOf) {
      const [job] = this.#queue.splice(0, 1);
      if (job === undefined) break;
      if (job.waitsFor !== undefined && names.has(job.waitsFor)) later.push(job);
      else jobs.push(job);
      if (job.waitsFor !== undefined) names.add(job.waitsFor);
    }
    this.#queue.unshift(...later);
    return jobs;
  }

  /** Runs the next group; returns why the connection cannot be used any more. */
  async #runGroup(client: pg.PoolClient): Promise<Error | undefined> {
    const jobs = this.#take();
    const begunAtMs = performance.now();
    const options = { ...this.#options.asking(), statements: this.#statements };
    try {
      const results = await runGroup(
        client,
        jobs.map(({ work }) => work),
        options,
      );
      this.#options.heard(client);
      this.#settle(jobs, results);
      return undefined;
    } catch (failure) {
      const { cause, isInDoubt } = failure as GroupFailure;
      const mayGoAlone = this.#options.failed(cause, {
        begunAtMs,
        isInDoubt,
        edition: options.edition,
      });
      const rollback = { text: "rollback", query_timeout: options.answerWithinMs } as pg.QueryConfig;
      const broken = await client.query(rollback).then(
        () => undefined,
        (error: Error) => error,
      );
      for (const job of jobs) {
        if (mayGoAlone) this.#alone(job);
        else job.reject(cause);
      }
      return broken;
    }
  }

  #settle(jobs: readonly Job[], results: readonly GroupResult[]): void {
    const next: Job[] = [];
    for (const [index, job] of jobs.entries()) {
      const result = results[index];
      if (result === undefined) throw new Error("a group has a result for each of its members");
      if ("result" in result) job.resolve(result.result as never);
      else if (result.goes === "next" && job.passed < passesAtMost)
        next.push({ ...job, passed: job.passed + 1 });
      else this.#alone(job);
    }
    this.#queue.unshift(...next);
  }

  #alone(job: Job): void {
    this.#lonely.push(job);
    if (this.#runningAlone < this.#options.aloneAtMost) void this.#runLonely();
  }

  async #runLonely(): Promise<void> {
    this.#runningAlone += 1;
    for (let job = this.#lonely.shift(); job !== undefined; job = this.#lonely.shift())
      await this.#options.alone(job.work).then((result) => job?.resolve(result as never), job.reject);
    this.#runningAlone -= 1;
  }
}
