import { importCustomers } from "../../../customers/import-customers.ts";
import { importFiles } from "../../../imports/import-files.ts";
import { type Programme, programmes } from "../../../imports/programmes.ts";
import { readMapping } from "../../../imports/read-mapping.ts";
import { html } from "../../../pages/html.ts";
import { importEmails } from "../../../registered-emails/import-emails.ts";
import { importOpenNumbers } from "../../../serials/import-open-numbers.ts";
import { importSerials } from "../../../serials/import-serials.ts";
import { Refusal } from "../../../words/refusal.ts";
import { type ConsoleRoute, planners } from "../kit/console-route.ts";
import { type Deed, deedRoutes, type Read } from "../kit/deed.ts";
import type { Desk } from "../kit/desk.ts";
import { boxes, fileField, line, pick, productOptions } from "../kit/fields.ts";
import { partnerChoice } from "../kit/partner-choices.ts";
import { setOff, workListPath } from "../kit/set-off.ts";
import { startOfDay } from "../kit/time-fields.ts";
import { sentFile, withFiles } from "../kit/uploads.ts";
import { openRangeOf } from "../selling/serial-pages.ts";
import { workCrumbs } from "./work-pages.ts";

const dryRunBox = ({ say }: Desk, value: (name: string, before?: string) => string) =>
  boxes(say.say("what"), [["dryRun", say.say("only_see")]], (name) => value(name, "1") === "1");

/** `import PROGRAMME FILE`: partners, past commissions and customers of another programme. */
const importAll = (
  desk: Desk,
): Deed<{
  programme: Programme;
  currency: string | undefined;
  product: string | undefined;
  dryRun: boolean;
}> => {
  const { say, deps } = desk;
  return {
    title: say.say("work_import"),
    lead: say.say("import_lead"),
    crumbs: workCrumbs(desk),
    back: workListPath,
    names: ["programme", "currency", "product", "dryRun"],
    fields: (value) => html`${pick(
      "programme",
      say.say("import_programme"),
      programmes.map((one) => [one, one] as const),
      value("programme"),
    )}
${fileField("file", say.say("file"), { hint: say.say("file_hint"), required: true })}
${fileField("mapping", say.say("import_mapping"))}
${line("currency", say.say("currency_code"), value("currency"), { maxlength: 3 })}
${pick("product", say.say("product"), [["", "–"], ...productOptions(desk)], value("product"))}
${dryRunBox(desk, value)}`,
    read: (field) => ({
      programme: programmes.find((one) => one === field("programme")) ?? "csv",
      currency: field("currency")?.toUpperCase(),
      product: field("product"),
      dryRun: field("dryRun") === "1",
    }),
    label: say.say("work_import"),
    act: async ({ programme, currency, product, dryRun }) => {
      const file = sentFile(desk, "file");
      const mappingFile = desk.c.get("files")?.get("mapping");
      const mapping = await withFiles(
        mappingFile === undefined || mappingFile.size === 0 ? [] : [mappingFile],
        ([one]) => readMapping(programme, { file: one, currency, product }),
      );
      return setOff(
        desk,
        "import",
        `${programme}, ${file.name}${dryRun ? `, ${say.say("only_see")}` : ""}`,
        (tell) =>
          withFiles([file], (files) =>
            importFiles(deps, { programme, files, mapping, dryRun, onProgress: (rows) => tell({ rows }) }),
          ),
      );
    },
  };
};

/** `serial import`: a file, or a range of open numbers. */
const importOfSerials = (desk: Desk): Deed<Read> => {
  const { say, deps } = desk;
  return {
    title: say.say("serials_import"),
    crumbs: [html`<a href="/console/serials">${say.say("nav_serials")}</a>`],
    back: "/console/serials",
    names: ["batch", "product", "partner", "open", "pool", "dryRun"],
    fields: (
      value,
    ) => html`${line("batch", say.say("batch"), value("batch"), { required: true, maxlength: 64 })}
${pick("product", say.say("product"), productOptions(desk), value("product"))}
${line("partner", say.say("partner"), value("partner"), partnerChoice)}
${fileField("file", say.say("file"), { hint: say.say("serials_file_hint") })}
${line("open", say.say("open_numbers"), value("open"), { maxlength: 40, dir: "ltr", hint: say.say("open_numbers_hint") })}
${boxes(say.say("kind"), [["pool", say.say("serials_pool_box")]], (name) => value(name) === "1")}
${dryRunBox(desk, value)}`,
    read: (field) => field,
    label: say.say("serials_import"),
    act: async (field) => {
      const batch = field("batch") ?? "";
      const order = {
        batch,
        product: field("product"),
        partner: field("partner"),
        dryRun: field("dryRun") === "1",
      };
      const open = openRangeOf(field("open"));
      if (open !== undefined)
        return setOff(desk, "serials", batch, () => importOpenNumbers(deps, { ...order, open }));
      const bytes = new Uint8Array(await sentFile(desk, "file").arrayBuffer());
      return setOff(desk, "serials", batch, (tell) =>
        importSerials(deps, { ...order, pool: field("pool") === "1", source: only(bytes) }, ({ done }) =>
          tell({ serials: done }),
        ),
      );
    },
  };
};

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** `email import`: what customers agreed to comes with each row, or for all of them. */
const importOfEmails = (desk: Desk): Deed<Read> => {
  const { say, deps } = desk;
  return {
    title: say.say("addresses_import"),
    crumbs: [html`<a href="/console/addresses">${say.say("nav_addresses")}</a>`],
    back: "/console/addresses",
    names: ["partner", "product", "version", "at", "dryRun"],
    fields: (
      value,
    ) => html`${line("partner", say.say("partner"), value("partner"), { required: true, ...partnerChoice })}
${fileField("file", say.say("file"), { hint: say.say("addresses_file_hint"), required: true })}
${pick("product", say.say("product"), [["", say.say("every_product")], ...productOptions(desk)], value("product"))}
${line("version", say.say("consent"), value("version"), { maxlength: 100 })}
${line("at", say.say("consent_at"), value("at"), { type: "date" })}
${dryRunBox(desk, value)}`,
    read: (field) => field,
    label: say.say("addresses_import"),
    act: async (field) => {
      const [partner, version, at] = [field("partner") ?? "", field("version"), startOfDay(field("at"))];
      if ((version === undefined) !== (at === undefined))
        throw new Refusal("request_invalid", "What was agreed to and the day go together.");
      const consent = version === undefined || at === undefined ? undefined : { version, wording: "", at };
      const bytes = new Uint8Array(await sentFile(desk, "file").arrayBuffer());
      const dryRun = field("dryRun") === "1";
      return setOff(desk, "emails", partner, () =>
        importEmails(deps, only(bytes), { partner, dryRun, product: field("product"), consent }),
      );
    },
  };
};

/** `customer import`: the report names rows that were left out by number and reason alone. */
const importOfCustomers = (desk: Desk): Deed<{ dryRun: boolean }> => {
  const { say, deps } = desk;
  return {
    title: say.say("customers_import"),
    lead: say.say("customers_lead"),
    crumbs: [html`<a href="/console/customers">${say.say("nav_customers")}</a>`],
    back: "/console/customers",
    names: ["dryRun"],
    fields: (
      value,
    ) => html`${fileField("file", say.say("file"), { hint: say.say("customers_file_hint"), required: true })}
${dryRunBox(desk, value)}`,
    read: (field) => ({ dryRun: field("dryRun") === "1" }),
    label: say.say("customers_import"),
    act: async ({ dryRun }) => {
      const bytes = new Uint8Array(await sentFile(desk, "file").arrayBuffer());
      return setOff(desk, "customers", dryRun ? say.say("only_see") : undefined, () =>
        importCustomers(deps, only(bytes), { dryRun }),
      );
    },
  };
};

/** What is brought in from files. */
export const importRoutes: readonly ConsoleRoute[] = [
  ...deedRoutes("/console/import", planners, importAll, "fresh"),
  ...deedRoutes("/console/serials/import", planners, importOfSerials),
  ...deedRoutes("/console/addresses/import", planners, importOfEmails),
  ...deedRoutes("/console/customers/import", planners, importOfCustomers),
];
