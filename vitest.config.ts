import { existsSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const conditions = ["tallystick-source"];

/**
 * What hangs is ended, and a slow machine is not taken for what hangs: a test has minutes, whatever it usually takes.
 * What a test polls for has half of them, so that its own message is the one that is read.
 */
const patience = { testTimeout: 1_200_000, hookTimeout: 1_200_000, expect: { poll: { timeout: 600_000 } } };

/**
 * While msw listens it stands between every socket of its process and the other side, those of files that ran before
 * included. So who uses it has a process of its own.
 */
const ofForeignHosts = ["test/networks/answers.test.ts", "test/journey/over-the-network.test.ts"];

/** Files that share a process put back what they replaced. */
const sharing = {
  isolate: false,
  setupFiles: ["test/nothing-left.ts"],
  exclude: [...configDefaults.exclude, ...ofForeignHosts],
};

/** Every project runs on the TypeScript sources. */
const project = (name: string, include: string[], test: object = {}) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: { name, include, ...patience, ...test },
});

/** Half of a process's start is the reading of the sources: what one compiled the next ones find here. */
const quickStart = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/tallystick-tests", import.meta.url)),
};

/** Where databases are made that nobody kills: in memory where the system has such a folder. */
const quickFolder = { TMPDIR: existsSync("/dev/shm") ? "/dev/shm" : tmpdir() };

const postgres = { globalSetup: ["test/postgres/global-setup.ts"] };

/** These files start processes of their own that keep the cores busy, so fewer files run at once, after the others. */
const busy = { maxWorkers: availableParallelism(), sequence: { groupOrder: 1 } };

/** Started first, so that no core waits for them at the end. Without a history vitest starts with the largest file. */
const longest = [
  "test/faults/kill.test.ts",
  "test/faults/",
  "test/limits/guessing.test.ts",
  "test/serials/commands.test.ts",
  "test/stamp/mutations.test.ts",
  "server/src/cli/",
  "demo-app/src/",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((path) => moduleId.includes(`/${path}`));
      return found === -1 ? longest.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

/**
 * Unit tests sit beside the code; what spans rooms is in test/, a project for each kind of need. Where there are many
 * files they share processes (`isolate: false`): each would read the whole server anew, and none leaves anything behind
 * (`test/nothing-left.ts`).
 */
export default defineConfig({
  test: {
    // One more than there are cores, since most files wait for a disk or a database half of their time.
    maxWorkers: availableParallelism() + 1,
    teardownTimeout: patience.hookTimeout,
    sequence: { sequencer: LongestFirst },
    projects: [
      project(
        "unit",
        [
          "{sdk,server,demo-app}/src/**/*.test.ts",
          "test/{vectors,protocol-client,recipes,messages,stamp,networks}/**/*.test.ts",
        ],
        { env: quickStart, ...sharing },
      ),
      project(
        "engines",
        [
          "test/{store,access,approvals,mail,portal,channel,isolation,journey,ledger,shops,orders,trust,registered-emails,limits,vouchers,serials,outbox,backups,adjustments,statements,payouts,disputes,imports,reports,console,account,customers}/**/*.test.ts",
        ],
        {
          ...postgres,
          env: { ...quickStart, ...quickFolder },
          ...sharing,
        },
      ),
      project("foreign-hosts", ofForeignHosts, { env: { ...quickStart, ...quickFolder } }),
      project("http", ["test/http/**/*.test.ts"], {
        ...postgres,
        env: { ...quickStart, ...quickFolder },
      }),
      project("packages", ["test/{packages,docs}/**/*.test.ts", "test/{tidy,clocks}.test.ts"], {
        env: quickStart,
      }),
      project("sdk-package", ["test/sdk-package/**/*.test.ts"]),
      project("browser", ["test/browser/**/*.test.ts"], {
        ...busy,
        globalSetup: ["test/browser/unpack-chromium.ts", ...postgres.globalSetup],
        env: quickStart,
      }),
      project("faults", ["test/faults/**/*.test.ts"], {
        ...busy,
        ...postgres,
        env: quickStart,
      }),
    ],
  },
});
