import { parseArgs } from "node:util";

/** What the person who starts the benchmark asks for, and what follows from it. */
export interface BenchOptions {
  json?: string;
  only?: SectionName;
  /** Rounds of each figure; their median is told. */
  rounds: number;
  /** How long a subject is under load in one round. */
  roundSeconds: number;
  /** How long a subject is under load before anything is counted. */
  warmupSeconds: number;
  /** How long the load at half the maximum lasts: long enough for checkpoints. */
  pacedSeconds: number;
  pacedRounds: number;
  /** Orders in the large database; the small one has a thousand. */
  storedOrders: number;
  /** Purchases after which the process's memory is looked at, first and last. */
  memoryAfter: readonly [number, number];
  /** Serials that are imported at a time. */
  serials: number;
  quick: boolean;
}

/** The parts of the benchmark, in the order in which they run. */
export const sectionNames = [
  "sdk",
  "clicks",
  "purchases",
  "plans",
  "postgres",
  "stored",
  "verify",
  "reports",
  "faces",
  "memory",
  "downloads",
  "start",
  "stamping",
  "serials",
  "shops",
  "outbox",
  "guessing",
] as const;
export type SectionName = (typeof sectionNames)[number];

/** What `--help` prints. */
export const usage = `Usage: npm run bench -- [options]

  --only NAME   one part: ${sectionNames.join(", ")}
  --rounds N    rounds of each figure, 1 to 50 (5 by default)
  --orders N    orders in the large database, 1,000,000 by default; 10000000 is the full measure (about 35 GB of disk
                for each engine)
  --serials N   serials in an import, 1,000,000 by default; 10000000 is the full measure
  --quick       smaller and shorter, for a first look: two rounds by default
  --json FILE   also writes every figure with its rounds to a file
  --help        this text

Every figure stands beside a control that was measured in the same run, in turns with it.
Exit code 0 when every goal is met, 1 when one is missed, 2 for wrong use.`;

/** Somebody asked for what there is not; the message says so. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Reads the command line. Answers `help` when that is all that was asked; throws `UsageError`. */
export function readOptions(args: readonly string[]): BenchOptions | "help" {
  const { json, only, rounds, serials, orders, quick = false, help = false } = parse(args);
  if (help) return "help";
  if (only !== undefined && !isSection(only))
    throw new UsageError(`--only: there is no ${only}; there are ${sectionNames.join(", ")}`);
  if (rounds !== undefined && !/^([1-9]|[1-4][0-9]|50)$/.test(rounds))
    throw new UsageError("--rounds: expected a whole number from 1 to 50");
  if (serials !== undefined && !/^[1-9]\d{4,7}$/.test(serials))
    throw new UsageError("--serials: expected a whole number from 10000 to 99999999");
  if (orders !== undefined && !/^[1-9]\d{4,7}$/.test(orders))
    throw new UsageError("--orders: expected a whole number from 10000 to 99999999");
  return {
    ...(json === undefined ? {} : { json }),
    ...(only === undefined ? {} : { only }),
    ...(quick ? quickly : thoroughly),
    ...(rounds === undefined ? {} : { rounds: Number(rounds) }),
    ...(serials === undefined ? {} : { serials: Number(serials) }),
    ...(orders === undefined ? {} : { storedOrders: Number(orders) }),
    quick,
  };
}

const thoroughly = {
  rounds: 5,
  roundSeconds: 3,
  // V8 is still compiling the longer paths after five seconds: a round that begins then is a fifth slower.
  warmupSeconds: 8,
  pacedSeconds: 10,
  pacedRounds: 3,
  storedOrders: 1_000_000,
  memoryAfter: [2_000, 200_000],
  serials: 1_000_000,
} as const;

const quickly = {
  rounds: 2,
  roundSeconds: 1.5,
  warmupSeconds: 1,
  pacedSeconds: 4,
  pacedRounds: 1,
  storedOrders: 100_000,
  memoryAfter: [2_000, 20_000],
  serials: 200_000,
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        json: { type: "string" },
        only: { type: "string" },
        rounds: { type: "string" },
        serials: { type: "string" },
        orders: { type: "string" },
        quick: { type: "boolean" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

const isSection = (name: string): name is SectionName => (sectionNames as readonly string[]).includes(name);
