import { defineConfig } from "vitest/config";

const resolve = { conditions: ["tallystick-source"] };
const ssr = { resolve: { conditions: ["tallystick-source"], externalConditions: ["tallystick-source"] } };

/** Unit tests sit beside the code; what spans rooms is in test/, a project for each kind of need. */
export default defineConfig({
  test: {
    projects: [
      { resolve, ssr, test: { name: "unit", include: ["sdk/src/**/*.test.ts", "server/src/**/*.test.ts", "demo-app/src/**/*.test.ts"] } },
    ],
  },
});
