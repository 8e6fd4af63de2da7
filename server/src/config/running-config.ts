import { z } from "zod";

const host = z.string().regex(/^[!-~]{1,255}$/, "expected a host name or an address");

const port = z
  .int("expected a whole number")
  .min(0, "expected a port from 0 to 65535")
  .max(65_535, "expected a port from 0 to 65535");

/** Where `/metrics` is served. */
export const metricsConfig = z
  .strictObject({
    listen: z
      .strictObject({ host: host.default("127.0.0.1"), port: port.describe("0 takes any free port") })
      .optional()
      .describe("An address of its own for /metrics, which is then not served beside the rest"),
  })
  .prefault({});

/** `telemetry`: where traces are sent. */
export const telemetryConfig = z
  .strictObject({
    otlp: z
      .url({ protocol: /^https?$/, error: "expected an http or https address" })
      .optional()
      .describe(
        "Where OpenTelemetry traces are sent, by OTLP over HTTP; /v1/traces is added to an address without a path",
      ),
    share: z
      .number()
      .min(0, "expected 0 to 1")
      .max(1, "expected 0 to 1")
      .default(1)
      .describe("The share of traces that are kept, from 0 to 1"),
  })
  .prefault({});

/** `databaseConnections`: the most connections to PostgreSQL for work. */
export const databaseConnectionsConfig = z
  .int("expected a whole number")
  .min(2, "expected 2 to 500 connections")
  .max(500, "expected 2 to 500 connections")
  .optional()
  .describe("PostgreSQL: the most connections for work. By default twice the processors, and at least 4");

/** How long requests are served after the signal to stop. */
export const drainSecondsConfig = z
  .int("expected a whole number of seconds")
  .min(0, "expected 0 seconds or more")
  .max(600, "expected at most 600 seconds")
  .optional()
  .describe(
    "How long requests are served after the signal to stop, while /readyz says 503; 0 in a terminal and 5 elsewhere by default",
  );
