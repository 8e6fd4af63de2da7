import { defineConfig } from "vitest/config";

/** A run that fails, beside a PostgreSQL server of its own as the projects have it. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["fails.ts"],
    globalSetup: ["../../postgres/global-setup.ts"],
  },
});
