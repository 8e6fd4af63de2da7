import { existsSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { defineConfig } from "vitest/config";

const conditions = ["tallystick-source"];

/** Every project runs on the TypeScript sources. */
const project = (name: string, include: string[], test: object = {}) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: { name, include, ...test },
});

/** Where databases are made that nobody kills: in memory where the system has such a folder. */
const quickFolder = { TMPDIR: existsSync("/dev/shm") ? "/dev/shm" : tmpdir() };

const postgres = { globalSetup: ["test/postgres/global-setup.ts"] };

/** Unit tests sit beside the code; what spans rooms is in test/, a project for each kind of need. */
export default defineConfig({
  test: {
    // One more than there are cores, since most files wait for a disk or a database half of their time.
    maxWorkers: availableParallelism() + 1,
    projects: [
      project("unit", [
        "{sdk,server,demo-app}/src/**/*.test.ts",
        "test/{vectors,shops,stamp,networks}/**/*.test.ts",
      ]),
      project(
        "engines",
        ["test/{store,journey,ledger,decision,emails,guessing,vouchers,serials,outbox}/**/*.test.ts"],
        {
          ...postgres,
          env: quickFolder,
          testTimeout: 60_000,
        },
      ),
      project("http", ["test/http/**/*.test.ts"], { ...postgres, env: quickFolder, testTimeout: 60_000 }),
      project("packages", ["test/{packages,docs}/**/*.test.ts", "test/tidy.test.ts"], {
        testTimeout: 120_000,
        hookTimeout: 120_000,
      }),
      project("sdk-package", ["test/sdk-package/**/*.test.ts"], {
        testTimeout: 120_000,
        hookTimeout: 120_000,
        fileParallelism: false, // The start of the product is timed: nothing runs beside it.
      }),
      project("browser", ["test/browser/**/*.test.ts"], {
        testTimeout: 120_000,
        hookTimeout: 120_000,
        fileParallelism: false, // Each file unpacks and starts a Chromium.
      }),
      project("faults", ["test/faults/**/*.test.ts"], {
        ...postgres,
        testTimeout: 300_000,
        hookTimeout: 120_000,
        fileParallelism: false,
      }),
    ],
  },
});
