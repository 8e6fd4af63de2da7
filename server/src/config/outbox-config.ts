import { z } from "zod";

/** `outbox`: how what is told to partners and networks is sent. */
export const outboxConfig = z
  .strictObject({
    workers: z
      .int("expected a whole number")
      .min(0, "expected 0 or more")
      .max(1024, "expected at most 1024")
      .default(64)
      .describe("How many messages `serve` sends at once; 0 leaves that to `tallystick outbox run`"),
    perDestination: z
      .int("expected a whole number")
      .min(1, "expected at least 1")
      .max(256, "expected at most 256")
      .default(8)
      .describe("How many of them to one destination"),
    allowPrivate: z
      .array(
        z.string().regex(/^[0-9a-z.:-]{1,255}$/, "expected a host in lower case, such as localhost:8080"),
      )
      .max(100, "expected at most 100 hosts")
      .default([])
      .describe(
        "Hosts, with or without a port, that may be private and may be reached by plain http; for tests and demonstrations",
      ),
  })
  .prefault({});
/** The settings of the outbox. */
export type OutboxConfig = z.output<typeof outboxConfig>;
