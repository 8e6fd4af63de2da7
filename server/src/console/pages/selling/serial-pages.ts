import { html } from "../../../pages/html.ts";
import { badge, buttonLink, card, facts, idText } from "../../../pages/parts.ts";
import { assignSerials, type SerialAssignmentOrder } from "../../../serials/assign-serials.ts";
import {
  listSerialBatches,
  revokeSerialBatch,
  type SerialBatchRecord,
  showSerialBatch,
} from "../../../serials/batches.ts";
import { listMovements, type Movement } from "../../../serials/movements.ts";
import { type OpenRange, readOpenRange } from "../../../serials/open-range.ts";
import { Refusal } from "../../../words/refusal.ts";
import { countColumn, dayColumn, textColumn } from "../kit/columns.ts";
import { type ConsoleRoute, may, type Params, planners, readers } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { type Desk, type DeskText, given, goTo } from "../kit/desk.ts";
import { line } from "../kit/fields.ts";
import { listPage, partnerFilter } from "../kit/list-page.ts";
import { partnerChoice } from "../kit/partner-choices.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { dayText, serialBatchPath } from "../kit/shown.ts";
import { startOfDay } from "../kit/time-fields.ts";

const path = "/console/serials";
const pageRows = 100;
const kindTexts = {
  secret: "serials_secret",
  open: "open_numbers",
  pool: "serials_pool",
} as const satisfies Record<SerialBatchRecord["kind"], DeskText>;
const crumbs = ({ say }: Desk, batch?: string) => [
  html`<a href="${path}">${say.say("nav_serials")}</a>`,
  ...(batch === undefined ? [] : [html`<a href="${serialBatchPath(batch)}">${batch}</a>`]),
];

/** Batches of serials: `serial list`. */
async function batchesPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const [product, after] = [given(address.query, "product"), given(address.query, "after")];
  const { batches, next } = await listSerialBatches(deps, {
    limit: pageRows,
    ...(product === undefined ? {} : { product }),
    ...(after === undefined ? {} : { after }),
  });
  return listPage<SerialBatchRecord>(desk, {
    title: say.say("nav_serials"),
    actions: html`${buttonLink(say.say("nav_movements"), "/console/movements")}${
      may(desk, planners) && buttonLink(say.say("serials_import"), `${path}/import`, true)
    }`,
    file: "serials",
    rows: batches,
    next,
    filters: [
      {
        name: "product",
        label: say.say("product"),
        options: [...deps.config.products.keys()].map((one) => [one, one] as const),
      },
    ],
    empty: { title: say.say("no_serials") },
    columns: [
      {
        heading: say.say("batch"),
        sort: "batch",
        cell: ({ batch }) => html`<a href="${serialBatchPath(batch)}">${batch}</a>`,
        text: ({ batch }) => batch,
      },
      textColumn({ heading: say.say("product"), sort: "product", of: ({ product: one }) => one }),
      {
        heading: say.say("kind"),
        sort: "kind",
        cell: ({ kind, revokedAt }) =>
          html`${say.say(kindTexts[kind])}${revokedAt !== null && html` ${badge(say.say("revoked"), "bad")}`}`,
        text: ({ kind, revokedAt }) => (revokedAt === null ? kind : `${kind} revoked`),
      },
      countColumn(desk, { heading: say.say("nav_serials"), sort: "serials", of: ({ serials }) => serials }),
      {
        heading: say.say("left"),
        sort: "left",
        isFigure: true,
        cell: ({ left }) => (left === null ? "–" : say.number(left)),
        text: ({ left }) => left,
        by: ({ left }) => left ?? -1,
      },
      {
        heading: say.say("open_numbers"),
        cell: ({ open }) => (open === null ? "–" : idText(open)),
        text: ({ open }) => open,
      },
      {
        heading: say.say("partner"),
        sort: "partner",
        cell: ({ partner, assignments }) =>
          html`${partner === null ? "–" : partnerLink(partner)}${
            assignments.some(({ open }) => open !== null) &&
            html` <span class="sub">${say.say("ranges_apart")}</span>`
          }`,
        text: ({ partner }) => partner,
      },
    ],
  });
}

/** One batch, with the way of it and of its ranges through the channel. */
async function batchPage(desk: Desk, { id = "" }: Params): Promise<Response> {
  const { say, deps } = desk;
  const batch = await showSerialBatch(deps, id);
  const mayChange = may(desk, planners) && batch.revokedAt === null;
  return listPage<Movement>(desk, {
    title: batch.batch,
    crumbs: crumbs(desk),
    lead: batch.revokedAt === null ? undefined : badge(say.say("revoked"), "bad"),
    actions: mayChange
      ? html`${buttonLink(say.say("serials_assign"), `${serialBatchPath(id)}/assign`, true)}${buttonLink(say.say("serials_revoke"), `${serialBatchPath(id)}/revoke`)}`
      : undefined,
    above: html`${card({
      title: say.say("facts"),
      content: facts([
        [say.say("product"), batch.product],
        [say.say("kind"), say.say(kindTexts[batch.kind])],
        [say.say("nav_serials"), say.number(batch.serials)],
        [say.say("left"), batch.left === null ? undefined : say.number(batch.left)],
        [say.say("open_numbers"), batch.open && idText(batch.open)],
        [say.say("partner"), batch.partner === null ? undefined : partnerLink(batch.partner)],
        [say.say("added"), dayText(desk, batch.createdAt)],
        [say.say("revoked"), batch.revokedAt === null ? undefined : dayText(desk, batch.revokedAt)],
      ]),
    })}<p></p>`,
    heading: say.say("nav_movements"),
    file: `batch-${batch.batch}`,
    rows: (await listMovements(deps, { batch: id })).toReversed(),
    empty: { title: say.say("no_movements") },
    columns: movementColumns(desk).filter(({ sort }) => sort !== "batch"),
  });
}

const movementColumns = (desk: Desk): Parameters<typeof listPage<Movement>>[1]["columns"] => {
  const { say } = desk;
  return [
    {
      heading: say.say("batch"),
      sort: "batch",
      cell: ({ batch }) => html`<a href="${serialBatchPath(batch)}">${batch}</a>`,
      text: ({ batch }) => batch,
    },
    {
      heading: say.say("open_numbers"),
      cell: ({ open }) => (open === null ? say.say("whole_batch") : idText(open)),
      text: ({ open }) => open,
    },
    {
      heading: say.say("moved_from"),
      sort: "from",
      cell: ({ from }) => (from === null ? say.say("the_vendor") : partnerLink(from)),
      text: ({ from }) => from,
    },
    {
      heading: say.say("moved_to"),
      sort: "to",
      cell: ({ to }) => partnerLink(to),
      text: ({ to }) => to,
    },
    dayColumn(desk, { heading: say.say("since"), sort: "since", of: ({ since }) => since }),
    dayColumn(desk, { heading: say.say("until"), sort: "until", of: ({ until }) => until }),
    { heading: say.say("note"), cell: ({ note }) => note ?? "–", text: ({ note }) => note },
  ];
};

/** Who gave what to whom: `movement list`. */
async function movementsPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const rows = await listMovements(deps, {
    batch: given(address.query, "batch"),
    partner: given(address.query, "partner"),
  });
  return listPage<Movement>(desk, {
    title: say.say("nav_movements"),
    crumbs: crumbs(desk),
    file: "movements",
    rows: rows.toReversed(),
    filters: [{ name: "batch", label: say.say("batch") }, partnerFilter(desk)],
    empty: { title: say.say("no_movements") },
    columns: movementColumns(desk),
  });
}

/** Open numbers as they were entered. @throws {Refusal} `request_invalid` */
export function openRangeOf(text: string | undefined): OpenRange | undefined {
  if (text === undefined) return undefined;
  const range = readOpenRange(text);
  if (range === undefined)
    throw new Refusal("request_invalid", "Open numbers are written 1000000..1004999, of 15 digits at most.");
  return range;
}

/** `serial assign`, rehearsed first. */
function assign(desk: Desk, { id = "" }: Params): Deed<SerialAssignmentOrder> {
  const { say, deps } = desk;
  return {
    title: say.say("serials_assign"),
    lead: say.say("serials_assign_lead"),
    crumbs: crumbs(desk, id),
    back: serialBatchPath(id),
    names: ["partner", "open", "from", "note"],
    fields: (
      value,
    ) => html`${line("partner", say.say("partner"), value("partner"), { required: true, ...partnerChoice })}
${line("open", say.say("open_numbers"), value("open"), { maxlength: 40, dir: "ltr", hint: say.say("open_numbers_hint") })}
${line("from", say.say("since"), value("from"), { type: "date", hint: say.say("now_hint") })}
${line("note", say.say("note"), value("note"), { maxlength: 500 })}`,
    read: (field) => ({
      batch: id,
      partner: field("partner") ?? "",
      open: openRangeOf(field("open")),
      from: startOfDay(field("from")),
      note: field("note"),
    }),
    label: say.say("see_what_comes"),
    rehearse: async (order) => {
      const report = await assignSerials(deps, { ...order, dryRun: true });
      return {
        content: facts([
          [say.say("batch"), report.batch],
          [say.say("open_numbers"), report.open === null ? say.say("whole_batch") : idText(report.open)],
          [say.say("partner"), partnerLink(report.partner)],
          [say.say("since"), dayText(desk, report.from)],
          [say.say("note"), report.note],
        ]),
        label: say.say("serials_assign"),
      };
    },
    act: async (order) => {
      await assignSerials(deps, order);
      return goTo(serialBatchPath(id), "kept");
    },
  };
}

/** `serial revoke`: a batch that counts no more. */
const revoke = (desk: Desk, { id = "" }: Params): Deed<undefined> => ({
  title: desk.say.say("serials_revoke"),
  lead: desk.say.say("serials_revoke_lead"),
  crumbs: crumbs(desk, id),
  back: serialBatchPath(id),
  names: [],
  read: () => undefined,
  label: desk.say.say("serials_revoke"),
  isDanger: true,
  rehearse: async () => {
    const { batch, serials, partner } = await showSerialBatch(desk.deps, id);
    return {
      content: facts([
        [desk.say.say("batch"), batch],
        [desk.say.say("nav_serials"), desk.say.number(serials)],
        [desk.say.say("partner"), partner],
      ]),
      label: desk.say.say("serials_revoke"),
    };
  },
  act: async () => {
    await revokeSerialBatch(desk.deps, id);
    return goTo(serialBatchPath(id), "kept");
  },
});

/** Serials, and whose they are. */
export const serialRoutes: readonly ConsoleRoute[] = [
  ["get", path, readers, batchesPage],
  ["get", "/console/movements", readers, movementsPage],
  ...deedRoutes(`${path}/{id}/assign`, planners, assign),
  ...deedRoutes(`${path}/{id}/revoke`, planners, revoke, "fresh"),
  ["get", `${path}/{id}`, readers, batchPage],
];
