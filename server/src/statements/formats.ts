/** The forms a statement can be had in. */
export const statementFormats = ["html", "pdf", "csv", "json"] as const;
/** One of these forms. */
export type StatementFormat = (typeof statementFormats)[number];
