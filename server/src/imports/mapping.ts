import { z } from "zod";
import { isCurrencyCode } from "../words/currency-code.ts";
import { importKinds } from "./rows/schema.ts";

/** Where a commission stands: not due yet, owed, paid already, or nothing is owed for it. */
export const importStates = ["held", "payable", "paid", "void"] as const;
/** One of them. */
export type ImportState = (typeof importStates)[number];

/** A column by its heading, or by several of which the first that says something counts. */
const column = z.union([z.string().min(1).max(200), z.array(z.string().min(1).max(200)).min(1).max(20)]);
const words = z.array(z.string().max(200)).max(50);

const columns = z.strictObject({
  /** The row's own id; `#row` is its place in its file. */
  id: column,
  /** The id of the partner in the programme; of a partner's own row it is `id`. */
  partner: column.optional(),
  partnerEmail: column.optional(),
  /** Several are put together: first and last name. */
  partnerName: column.optional(),
  parent: column.optional(),
  percent: column.optional(),
  status: column.optional(),
  /** Says that it was paid, whatever the status says. */
  paid: column.optional(),
  /** Says what it is: a refund, a chargeback. */
  type: column.optional(),
  amount: column.optional(),
  currency: column.optional(),
  unit: column.optional(),
  earnedAt: column.optional(),
  dueAt: column.optional(),
  sale: column.optional(),
  saleAmount: column.optional(),
  saleCurrency: column.optional(),
  customerEmail: column.optional(),
  licence: column.optional(),
  product: column.optional(),
});

const kind = z.strictObject({
  kind: z.enum(importKinds),
  /** Columns that only such rows have; none fits every row. */
  when: words.default([]),
  /** JSON: the list within each object whose members are the rows; the object's own members are `parent.…` there. */
  each: z.string().min(1).max(200).optional(),
  columns,
  states: z.record(z.string().max(200), z.enum(importStates)).default({}),
  /** The state where the status is a word that `states` has not; without it such a row is left out and reported. */
  otherwise: z.enum(importStates).optional(),
  /** Words in the column `paid` that mean yes; `*` is any word. */
  paid: words.default([]),
  /** Words in the column `type` of rows that take back. */
  reversed: words.default([]),
  /** Words in the column `status` of partners whose agreement has ended. */
  ended: words.default([]),
});

const unitOfAmounts = z.enum(["minor", "decimal"]);

/** A mapping document: what the columns of another programme's export mean. */
export const mappingSchema = z.strictObject({
  kinds: z.array(kind).min(1).max(20),
  /** Whether amounts count cents or are decimal numbers. */
  amounts: z
    .union([unitOfAmounts, z.strictObject({ csv: unitOfAmounts, json: unitOfAmounts })], {
      error: 'expected "minor" or "decimal", or one of them for "csv" and one for "json"',
    })
    .default("decimal"),
  /** Of rows that say none. */
  currency: z
    .string()
    .refine((code) => isCurrencyCode(code.toUpperCase()), {
      error: "expected an ISO 4217 code, such as EUR",
    })
    .optional(),
  /** Of licences in rows that say none. */
  product: z.string().min(1).max(64).optional(),
  /** Which product here another programme's word for it means. */
  products: z.record(z.string().max(200), z.string().max(64)).default({}),
  /** Which partner here another programme's id or address means, for those that are here already. */
  partners: z.record(z.string().max(320), z.string().max(64)).default({}),
  /** Words in the column `unit` that mean money. */
  moneyUnits: words.default([]),
});

/** What the columns of another programme's export mean. */
export type Mapping = z.output<typeof mappingSchema>;
/** As it is written in a file. */
export type MappingInput = z.input<typeof mappingSchema>;
/** What the rows of one kind mean. */
export type KindMapping = Mapping["kinds"][number];
