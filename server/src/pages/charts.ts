import { scaleBand, scaleLinear } from "d3-scale";
import { area, line, stack } from "d3-shape";
import type { KitSpeech } from "./app-page.ts";
import { attributes, type Html, html, trusted } from "./html.ts";
import { table } from "./table.ts";

/** A chart of columns: what is measured by period, in up to four parts that stand on one another. */
export interface BarChart {
  kit: KitSpeech;
  /** What the chart says, for those who do not see it; the caption of its table. */
  caption: string;
  /** What a column stands for: a month, a day. */
  period: string;
  parts: readonly string[];
  columns: readonly BarColumn[];
  /** How a value, a whole number, is written in the table. */
  format: (value: number) => string;
  /** How a value is written at the axis; as in the table by default. */
  axis?: (value: number) => string;
}

/** A column: its label, a shorter one for the axis (empty for none), and a value a part: whole numbers, not negative. */
export interface BarColumn {
  label: string;
  short: string;
  values: readonly number[];
}

const width = 840;
const height = 200;
const bottom = 22;
const ticksAtMost = 4;

/** Columns as a drawing, with all its figures in a table behind it. */
export function barChart(chart: BarChart): Html {
  const { kit, caption, period, parts, columns, format } = chart;
  return html`<figure class="chart">
${parts.length > 1 && legend(parts)}<div class="drawing" tabindex="0" role="region" aria-label="${caption}">${drawing(chart)}</div>
<details><summary>${kit.say("as_table")}</summary>${table({
    caption,
    columns: [period, ...parts],
    rows: columns.map(({ label, values }) => [label, ...values.map(format)]),
    asCards: false,
  })}</details>
</figure>
`;
}

const legend = (parts: readonly string[]): Html => html`<ul class="legend">${parts.map(
  (part, at) =>
    html`<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" class="s${at + 1}"/></svg>${part}</li>`,
)}</ul>
`;

function drawing({ caption, parts, columns, format, axis = format }: BarChart): Html {
  const sums = columns.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const most = Math.max(...sums, 0);
  const high = scaleLinear([0, Math.max(most, 1)], [height - bottom, 8]).nice(ticksAtMost);
  // Half an order or half a cent is nothing that could be written, and where there is nothing zero alone is.
  const ticks = most === 0 ? [0] : high.ticks(ticksAtMost).filter(Number.isInteger);
  const left = 14 + 6.4 * Math.max(...ticks.map((tick) => axis(tick).length));
  const across = scaleBand(
    columns.map((_, at) => at),
    [left, width],
  ).paddingInner(columns.length > 20 ? 0.2 : 0.35);
  const layers = stack<BarColumn, number>()
    .keys(parts.map((_, at) => at))
    .value((column, part) => column.values[part] ?? 0)([...columns]);
  const bars = layers.flatMap((layer, part) =>
    layer.map(([from, to], at) => {
      const [top, foot] = [high(to), high(from)];
      return to > from
        ? `<rect class="s${part + 1}" x="${round(across(at) ?? 0)}" y="${round(top)}" width="${round(across.bandwidth())}" height="${round(Math.max(foot - top - (part > 0 ? 1 : 0), 1))}"/>`
        : "";
    }),
  );
  const middle = across.bandwidth() / 2;
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${caption}">
${ticks.map(
  (tick) =>
    html`<line${attributes({ class: tick === 0 ? "zero" : undefined })} x1="${round(left)}" x2="${width}" y1="${round(high(tick))}" y2="${round(high(tick))}"/><text x="${round(left - 8)}" y="${round(high(tick) + 4)}" text-anchor="end">${axis(tick)}</text>`,
)}${trusted(bars.join(""))}${columns.map(
  ({ short }, at) =>
    short !== "" &&
    html`<text x="${round((across(at) ?? 0) + middle)}" y="${height - 5}" text-anchor="middle">${short}</text>`,
)}
</svg>`;
}

/** A small line that shows only where something is going. Its figures stand beside it. */
export function sparkline(values: readonly number[], label: string): Html {
  const [w, h] = [120, 24];
  const across = scaleLinear([0, Math.max(values.length - 1, 1)], [1, w - 1]);
  const high = scaleLinear([0, Math.max(...values, 1)], [h - 2, 2]);
  const points = values.map((value, at): [number, number] => [round(across(at)), round(high(value))]);
  const above = area<[number, number]>()
    .x(([x]) => x)
    .y0(h - 1)
    .y1(([, y]) => y)(points);
  return html`<svg viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" role="img" aria-label="${label}"><path class="spark-area" d="${above ?? ""}"/><path class="spark" d="${line()(points) ?? ""}"/></svg>`;
}

/** Two digits are finer than a screen. */
const round = (value: number): number => Math.round(value * 100) / 100;
