import { type Html, type HtmlValue, html } from "./html.ts";

/** A table under a caption. The first column names its row. */
export const table = (given: {
  caption: string;
  columns: readonly string[];
  rows: readonly (readonly HtmlValue[])[];
}): Html => html`<div class="table" tabindex="0" role="region" aria-label="${given.caption}"><table>
<caption>${given.caption}</caption>
<thead><tr>${given.columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${given.rows.map(
  ([first, ...rest]) =>
    html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>\n`,
)}</tbody>
</table></div>
`;
