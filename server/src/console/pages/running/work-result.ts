import { type Html, html } from "../../../pages/html.ts";
import { card, facts, notice } from "../../../pages/parts.ts";
import type { SimulationSum } from "../../../simulations/sum-differences.ts";
import type { Work } from "../../../work/work.ts";
import { differenceCard } from "../channel/plan-difference.ts";
import type { Desk } from "../kit/desk.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { plainTable } from "../kit/plain-table.ts";

type Members = Readonly<Record<string, unknown>>;

/** What came of something that took long: in a form of its own where there is one, else as the command prints it. */
export function resultCard(desk: Desk, { kind, result }: Work): Html {
  const { say } = desk;
  if (kind === "simulate" && isMembers(result) && "furthest" in result)
    return differenceCard(desk, result as unknown as SimulationSum, { title: say.say("work_result") });
  const members = isMembers(result) ? result : { result };
  return html`${(kind === "verify" || kind === "statements") && verdict(desk, members)}${card({
    title: say.say("work_result"),
    wide: true,
    content: html`${facts(Object.entries(members).flatMap(([name, value]) => plain(desk, name, value)))}${Object.entries(
      members,
    ).map(([name, value]) => rowsTable(desk, name, value))}`,
  })}`;
}

const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function verdict({ say }: Desk, { ok, failures }: Members): Html {
  if (ok === true) return notice(say.say("ledger_sound"), "good");
  const list = Array.isArray(failures) ? failures.map(String) : [];
  return html`${notice(say.say("ledger_unsound"), "bad")}<ul>${list.map((one) => html`<li>${one}</li>`)}</ul>`;
}

const counted = { orders: "orders", serials: "nav_serials", rows: "count_rows" } as const;

/** What is counted, in words; what has none is named as in the command's own result. */
export const countText = ({ say }: Pick<Desk, "say">, name: string): string =>
  Object.hasOwn(counted, name) ? say.say(counted[name as keyof typeof counted]) : name;

/** Members that are one value, or a few of them by name. */
function plain({ say }: Desk, name: string, value: unknown): (readonly [string, string | Html])[] {
  const label = countText({ say }, name);
  if (typeof value === "number") return [[label, say.number(value)]];
  if (typeof value === "boolean") return [[label, say.say(value ? "yes" : "no")]];
  if (typeof value === "string") return [[label, html`<bdi>${value}</bdi>`]];
  if (isMembers(value))
    return Object.entries(value).flatMap(([inner, one]) =>
      typeof one === "number" ? plain({ say } as Desk, inner, one) : [],
    );
  return [];
}

/** Members that are lists of rows. */
function rowsTable(desk: Desk, name: string, value: unknown): Html | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const rows = value.map((one) => (isMembers(one) ? one : { [name]: one }));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].slice(0, 10);
  return html`<h3>${name}</h3>${plainTable<Members>(
    desk,
    name,
    rows,
    columns.map((column) => ({
      heading: column,
      cell: (row) => {
        const value = row[column];
        return column === "partner" && typeof value === "string" ? partnerLink(value) : cellText(value);
      },
    })),
  )}`;
}

const cellText = (value: unknown): string =>
  value === undefined || value === null
    ? "–"
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);
