import { defineConfig } from "vitest/config";

const conditions = ["tallystick-source"];

/** The tests with the real tools of each container: `npm run test:containers`. No part of `npm test`. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    name: "containers",
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/containers/**/*.test.ts"],
    globalSetup: ["test/containers/install-tools.ts"],
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
