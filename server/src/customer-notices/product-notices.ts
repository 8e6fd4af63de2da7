import { mayNotify } from "../agreements/may-notify.ts";
import { readAgreement } from "../channel/change-agreement.ts";
import { type CustomerOfProduct, customersOf } from "../customers/customers-of.ts";
import { currentActor, nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { hasBounced } from "../mail/rows/bounces.ts";
import type { Tx } from "../store/store.ts";
import { isoTime } from "../words/clock.ts";
import type { PartnerId, ProductId } from "../words/ids.ts";
import { orderedId } from "../words/ordered-id.ts";
import { cutPage, refuseCursor, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import {
  countNotice,
  findServiceNotice,
  insertServiceNotice,
  listServiceNoticeRows,
} from "./rows/product-notices.ts";
import type { NoticeLicenceRow, ServiceNoticeRow } from "./rows/schema.ts";

/** What this room needs of the world. */
export type NoticeDeps = Pick<Deps, "store" | "clock" | "hashes" | "config">;

/** What the vendor tells all customers of a product, such as a security patch. */
export interface NewServiceNotice {
  product: string;
  /** `3` has in mind 3, 3.1 and 3.1.2; customers whose version nobody knows are told too. */
  version?: string | undefined;
  title: string;
  /** Paragraphs with an empty line between them. */
  text: string;
}

/** Why a licence's customer is not told. */
export type BlockReason = "not_agreed" | "bounced" | "erased" | "unsubscribed";

/** How many are told, or would be: addresses, and licences that their letters are about. */
export interface NoticeReach {
  recipients: number;
  licences: number;
  /** Licences whose customers are not told, by reason; the most first. */
  blocked: { reason: string; licences: number }[];
}

/** A service notice with what became of it. Times are ISO 8601 in UTC. */
export interface ServiceNotice extends NewServiceNotice {
  id: string;
  version: string | undefined;
  writtenBy: string;
  writtenAt: string;
  /** `gathering` looks for customers, `writing` writes their letters, `done` has written them all. */
  state: "gathering" | "writing" | "done";
  /** Of those who are found so far: how many letters are written, and how many wait. */
  written: number;
  waiting: number;
  reach: NoticeReach;
  finishedAt: string | null;
}

const longestTitle = 150;
const longestBody = 8_000;

/** What was written, as it is kept. @throws {Refusal} `request_invalid`, `product_unknown` */
export function fitServiceNotice(
  { config }: Pick<Deps, "config">,
  { product, version, title, text }: NewServiceNotice,
): NewServiceNotice & { product: ProductId } {
  const known = [...config.products.values()].find(({ id }) => id === product);
  if (known === undefined) throw new Refusal("product_unknown", `There is no product ${product}.`);
  const [head, body] = [title.trim(), text.replaceAll(/\r\n?/g, "\n").trim()];
  if (head === "" || head.length > longestTitle || !head.isWellFormed() || /\p{Cc}/u.test(head))
    throw new Refusal("request_invalid", `A title has 1 to ${longestTitle} characters on one line.`);
  if (body === "" || body.length > longestBody || !body.isWellFormed() || /[^\P{Cc}\n\t]/u.test(body))
    throw new Refusal("request_invalid", `A text has 1 to ${longestBody} characters.`);
  const asked = version?.trim();
  if (asked !== undefined && !/^[\w.+-]{1,64}$/.test(asked))
    throw new Refusal("request_invalid", "A version is written such as 3.1.");
  return { product: known.id, version: asked, title: head, text: body };
}

/**
 * Keeps a service notice. Its letters are written by `runServiceNotices`, which every running receiver does.
 *
 * @throws {Refusal} `request_invalid`, `product_unknown`
 */
export async function writeServiceNotice(deps: NoticeDeps, given: NewServiceNotice): Promise<ServiceNotice> {
  const { product, version, title, text } = fitServiceNotice(deps, given);
  const now = deps.clock();
  const row: ServiceNoticeRow = {
    notice_id: `sn_${orderedId(now)}`,
    product,
    version: version ?? null,
    title,
    body: text,
    written_by: currentActor(),
    written_at: now,
    gathered_to: "",
    gathered_at: null,
    finished_at: null,
  };
  nameSubject(row.notice_id);
  await deps.store.write((tx) => insertServiceNotice(tx, row));
  return shown(row, []);
}

/**
 * Whom a notice would reach, and who is blocked and why. Writes nothing.
 *
 * @param tell is told how many licences were looked at
 * @throws {Refusal} `request_invalid`, `product_unknown`
 */
export async function rehearseServiceNotice(
  deps: NoticeDeps,
  given: NewServiceNotice,
  tell: (licences: number) => void = () => {},
): Promise<NoticeReach> {
  const { product, version } = fitServiceNotice(deps, given);
  const [told, recipients, blocked] = [new Set<string>(), new Set<string>(), new Map<string, string>()];
  let looked = 0;
  for (let after: string | undefined = ""; after !== undefined; ) {
    const from: string | undefined = after === "" ? undefined : after;
    const page = await deps.store.read(async (tx) => {
      const { customers, next } = await customersOf(tx, { product, version, after: from });
      const judged: (readonly [CustomerOfProduct, BlockReason | undefined])[] = [];
      for (const one of customers) judged.push([one, await blockOf(tx, deps, one)]);
      return { judged, next };
    });
    for (const [one, reason] of page.judged) {
      const key = `${one.emailHash} ${licenceOf(one)}`;
      if (reason === undefined) {
        recipients.add(one.emailHash);
        told.add(key);
      } else blocked.set(key, reason);
    }
    looked += page.judged.length;
    tell(looked);
    after = page.next ?? undefined;
  }
  const reasons = Map.groupBy(blocked.values(), (reason) => reason);
  return {
    recipients: recipients.size,
    licences: told.size,
    blocked: [...reasons]
      .map(([reason, all]) => ({ reason, licences: all.length }))
      .sort((one, other) => other.licences - one.licences),
  };
}

/** What stands for a licence: the order, where the shop told no licence. */
export const licenceOf = ({ licence, order }: Pick<CustomerOfProduct, "licence" | "order">): string =>
  licence ?? order ?? "";

/** Why a customer may not be told of a licence; undefined where it may. The agreement is that of who sold the licence. */
export async function blockOf(
  tx: Tx,
  { clock }: Pick<Deps, "clock">,
  { partner, emailHash }: Pick<CustomerOfProduct, "partner" | "emailHash">,
): Promise<BlockReason | undefined> {
  if (!(await isAgreed(tx, { clock }, partner, "service"))) return "not_agreed";
  return (await hasBounced(tx, emailHash)) ? "bounced" : undefined;
}

/** Whether the vendor may write so to a customer of a partner; to its own it may. */
export async function isAgreed(
  tx: Tx,
  { clock }: Pick<Deps, "clock">,
  partner: PartnerId | null,
  kind: "service" | "renewal",
): Promise<boolean> {
  const agreement = partner === null ? undefined : await readAgreement(tx, partner, clock());
  return mayNotify(agreement, kind).allowed;
}

/**
 * One service notice. @throws {Refusal} `not_found`
 */
export async function showServiceNotice({ store }: Pick<Deps, "store">, id: string): Promise<ServiceNotice> {
  return store.read(async (tx) => {
    const row = await findServiceNotice(tx, id);
    if (row === undefined) throw new Refusal("not_found", "There is no such notice.");
    return shown(row, await countNotice(tx, row.notice_id));
  });
}

/**
 * Service notices, the newest first; `next` is the `after` of the page behind it.
 *
 * @throws {Refusal} `request_invalid` when `after` is not a `next` of an earlier page
 */
export async function listServiceNotices(
  { store }: Pick<Deps, "store">,
  { after, limit: asked }: { after?: string | undefined; limit?: number | undefined } = {},
): Promise<{ notices: ServiceNotice[]; next: string | null }> {
  if (after !== undefined && !/^sn_[a-z0-9]{25}$/.test(after)) refuseCursor();
  const limit = rowsOfPage(asked);
  return store.read(async (tx) => {
    const rows = await listServiceNoticeRows(tx, { before: after ?? "sn_~", limit: limit + 1 });
    const { shown: page, next } = cutPage(rows, limit, ({ notice_id }) => notice_id);
    const notices: ServiceNotice[] = [];
    for (const row of page) notices.push(shown(row, await countNotice(tx, row.notice_id)));
    return { notices, next };
  });
}

type Count = Awaited<ReturnType<typeof countNotice>>[number];

function shown(row: ServiceNoticeRow, counts: readonly Count[]): ServiceNotice {
  const sumOf = (outcome: NoticeLicenceRow["outcome"], of: "recipients" | "licences") =>
    counts.filter((one) => one.outcome === outcome).reduce((sum, one) => sum + one[of], 0);
  const [written, waiting] = [sumOf("written", "recipients"), sumOf("waiting", "recipients")];
  return {
    id: row.notice_id,
    product: row.product,
    version: row.version ?? undefined,
    title: row.title,
    text: row.body,
    writtenBy: row.written_by,
    writtenAt: isoTime(row.written_at),
    state: row.gathered_at === null ? "gathering" : row.finished_at === null ? "writing" : "done",
    written,
    waiting,
    reach: {
      recipients: written + waiting,
      licences: sumOf("written", "licences") + sumOf("waiting", "licences"),
      blocked: counts
        .filter(({ outcome }) => outcome === "blocked")
        .map(({ reason, licences }) => ({ reason: reason ?? "", licences }))
        .sort((one, other) => other.licences - one.licences),
    },
    finishedAt: row.finished_at === null ? null : isoTime(row.finished_at),
  };
}
