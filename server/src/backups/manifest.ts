import { z } from "zod";

/** Names of a backup's members, in the order in which they stand behind the manifest. */
export const memberNames = {
  manifest: "manifest.json",
  config: "config.json",
  pepper: "pepper",
  database: "database.sqlite",
} as const;

/** A member's name never leads out of the folder that it is unpacked into. */
const memberName = z
  .string()
  .regex(/^(config\.json|pepper|database\.sqlite|keys\/[\w-]{43}\.jwk|secrets\/\d{1,3})$/);

const member = z.strictObject({
  name: memberName,
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/**
 * What a backup says of itself, in its first member. Members are hashed, so what was cut off or changed is noticed,
 * and `rows` were counted in the copy itself, so an empty copy cannot pass for a full one.
 */
export const manifestSchema = z.strictObject({
  format: z.literal("tallystick-backup"),
  version: z.literal(1),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  /** Version of the program that wrote it. */
  program: z.string().max(100),
  issuer: z.string().max(2_000),
  database: z.strictObject({
    engine: z.literal("sqlite"),
    migrations: z.array(z.string().max(100)).max(10_000),
    rows: z.record(z.string().max(100), z.int().min(0)),
  }),
  /** Secrets that were read from variables of the environment and are therefore not in the backup. */
  variables: z.array(z.string().max(200)).max(1_000),
  members: z.array(member).max(2_000),
});
/** A backup's description of itself. */
export type Manifest = z.output<typeof manifestSchema>;
/** A file in a backup: its name, length and hash. */
export type Member = Manifest["members"][number];

/** Longest manifest that is read, in bytes. */
export const manifestBytesAtMost = 4_000_000;

/** Tables whose rows are counted into the manifest. */
export const countedTables = ["partners", "tokens", "events", "orders", "decisions", "transfers"] as const;
