import { formatTime } from "../../cli/amounts-and-times.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { SerialAssignment } from "../batches.ts";

const columns: readonly Column<SerialAssignment>[] = [
  { heading: "from", of: ({ from }) => formatTime(from) },
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "open numbers", of: ({ open }) => open ?? "all" },
  { heading: "recorded", of: ({ recordedAt }) => formatTime(recordedAt) },
  { heading: "note", of: ({ note }) => note },
];

/** Whom serials were given to, for a person; the latest in effect first. */
export const historyText = (assignments: readonly SerialAssignment[]): string =>
  assignments.length === 0
    ? "  It was not assigned to anybody yet.\n"
    : formatTable(columns, assignments).replace(/^(?=.)/gm, "  ");
