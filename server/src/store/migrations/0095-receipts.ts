import type { Definition } from "./ddl.ts";

/**
 * Keyed hashes of rows that people and jobs had the receiver write, and the marks `adopted` and `pepper ID`, which no hash
 * can be mistaken for. Nobody who has the database alone can make one.
 */
export const receipts: Definition = ({ text, clustered, appendOnly }) => [
  `create table receipts (receipt ${text} primary key) ${clustered}`,
  ...appendOnly("receipts"),
];
