import { hiddenFields } from "../../../pages/app-page.ts";
import { type Html, html } from "../../../pages/html.ts";
import { card } from "../../../pages/parts.ts";
import { readyFormats } from "../../../payouts/payment-list.ts";
import type { PayoutRecord } from "../../../payouts/payout.ts";
import type { Desk } from "../kit/desk.ts";
import { actButton, line, onlyFresh, pick, radios } from "../kit/fields.ts";
import { payoutPath } from "../kit/shown.ts";

/** What is left to do with a batch that is approved: take its file to the bank, and say what became of it. */
export function batchActions(desk: Desk, batch: PayoutRecord): Html | undefined {
  if (batch.state === "approved" || batch.state === "exported")
    return html`${exportCard(desk, batch)}${batch.state === "exported" && confirmCard(desk, batch)}`;
  return batch.state === "settled" ? confirmCard(desk, batch) : undefined;
}

function exportCard(desk: Desk, batch: PayoutRecord): Html {
  const { say } = desk;
  return card({
    title: say.say("export_title"),
    lead: say.say(batch.state === "approved" ? "export_lead" : "export_again_lead"),
    content: onlyFresh(
      desk,
      html`<form method="post" action="${payoutPath(batch.id)}/export">${tokenField(desk)}${exportFields(desk, batch)}
<div class="actions"><button class="main">${say.say("export_do")}</button></div></form>`,
    ),
  });
}

/** In which form a batch leaves; one that has left is had in that form alone. */
function exportFields({ say, deps }: Desk, { channel, format }: PayoutRecord): Html {
  if (format !== null) {
    const [form = "", columns = ""] = format.split(" ");
    return html`${hiddenFields(columns === "" ? { format: form } : { format: form, columns })}<p><code>${format}</code></p>`;
  }
  const lists = [...new Set([...Object.keys(readyFormats), ...Object.keys(deps.config.payouts.csvFormats)])];
  const bank = channel === "bank";
  const forms = [
    ...(bank ? [["pain.001", "pain.001 (XML)"] as const] : []),
    ["csv", say.say("export_list")] as const,
  ];
  return html`${radios("format", say.say("export_form"), forms, bank ? "pain.001" : "csv")}
${pick(
  "columns",
  say.say("export_columns"),
  lists.map((one) => [one, one] as const),
  channel,
)}
${bank && line("executeOn", say.say("export_day"), "", { type: "date", hint: say.say("export_day_hint") })}`;
}

const tokenField = (desk: Desk): Html =>
  html`<input type="hidden" name="form-token" value="${desk.person.formToken}">`;

function confirmCard(desk: Desk, { id, rows }: PayoutRecord): Html {
  const { say } = desk;
  const path = `${payoutPath(id)}/confirm`;
  const open = rows.some(({ state }) => state === "open");
  return card({
    title: say.say("confirm_title"),
    lead: say.say("confirm_lead"),
    content: onlyFresh(
      desk,
      html`<form method="post" action="${path}" enctype="multipart/form-data">${tokenField(desk)}
<div class="field"><label for="file">${say.say("confirm_file")}</label><input id="file" name="file" type="file" required accept=".xml,.csv,text/xml,application/xml,text/csv" aria-describedby="file-hint"><p class="hint" id="file-hint">${say.say("confirm_file_hint")}</p></div>
<div class="actions"><button class="main">${say.say("confirm_do")}</button></div></form>
<details><summary>${say.say("confirm_by_hand")}</summary>
<form method="post" action="${path}">${tokenField(desk)}
${line("row", say.say("confirm_row"), "", { inputmode: "numeric", required: true, maxlength: 5 })}
${line("failed", say.say("confirm_failed"), "", { maxlength: 300, hint: say.say("confirm_failed_hint") })}
<div class="actions"><button>${say.say("confirm_row_do")}</button></div></form>
${open && actButton(desk, { action: path, sent: { all: "1" }, label: say.say("confirm_all") })}</details>`,
    ),
  });
}
