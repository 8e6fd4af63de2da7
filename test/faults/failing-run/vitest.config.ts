import { defineConfig } from "vitest/config";

const conditions = ["tallystick-source"];

/** A run that fails, beside a PostgreSQL server of its own as the projects have it. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    root: import.meta.dirname,
    include: ["fails.ts"],
    globalSetup: ["../../postgres/global-setup.ts"],
  },
});
