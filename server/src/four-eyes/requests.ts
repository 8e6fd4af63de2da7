import { currentActor, nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { requireSecondPerson } from "../people/second-person.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import { randomHex } from "../words/random-hex.ts";
import { Refusal } from "../words/refusal.ts";
import type { Move } from "./limit.ts";
import type { RequestStatus } from "./request-status.ts";
import {
  findRequest,
  insertRequest,
  listRequestRows,
  type NewMoneyRequest,
  type RequestVerdict,
  settleRequest,
} from "./rows/requests.ts";
import type { RequestKind } from "./rows/schema.ts";

/** What waits for a second person and is no adjustment, as it is shown. Times ISO 8601 in UTC. */
export interface MoneyRequest {
  id: string;
  kind: RequestKind;
  /** What it is about: a programme, shop and order, or a plan and whom it pays. */
  subject: string;
  /** Why, where who asked for it said so. */
  note: string | null;
  /** The paper behind it, where one was named. */
  reference: string | null;
  /** The correction that a correction takes back. */
  reverses: string | null;
  /** What it moves, in minor units, by partner and currency; more than zero is in the partner's favour. */
  moves: Move[];
  /** `gathering` while the import that adds to it has not ended. */
  status: RequestStatus | "gathering";
  enteredBy: string;
  enteredAt: string;
  decidedBy: string | null;
  decidedAt: string | null;
}

/** What of a request's document is shown. */
interface ShownDocument {
  note?: string | undefined;
  /** Whose money it is, where nobody can say how much. */
  partners?: readonly PartnerId[];
  reference?: string | undefined;
  what?: object;
}

/** A stored request as it is shown. */
export const requestOf = (row: NewMoneyRequest): MoneyRequest => ({
  ...saidIn(JSON.parse(row.document) as ShownDocument),
  id: row.request_id,
  kind: row.kind,
  subject: row.subject,
  moves: JSON.parse(row.moves) as Move[],
  status: row.status,
  enteredBy: row.entered_by,
  enteredAt: isoTime(row.entered_at),
  decidedBy: row.decided_by,
  decidedAt: row.decided_at === null ? null : isoTime(row.decided_at),
});

const saidIn = ({ note, reference, what }: ShownDocument) => ({
  note: note ?? null,
  reference: reference ?? null,
  reverses: what !== undefined && "reverses" in what ? String(what.reverses) : null,
});

/** What is asked for. */
export interface NewRequest {
  kind: RequestKind;
  subject: string;
  /** What is to be done once it is approved; some of it is shown. */
  document: ShownDocument;
  moves: readonly Move[];
  status: "gathering" | "pending";
}

/** How many pending requests are looked through for the same one. */
const mostLookedAt = 1_000;

/**
 * Keeps what whoever acts wants to have done by a second person's leave. Whoever asks for the very same again is given what
 * waits already.
 */
export async function askOnce(tx: Tx, asked: NewRequest, now: Instant): Promise<MoneyRequest> {
  await lockName(tx, "requests");
  const before = Number.MAX_SAFE_INTEGER;
  const waiting = await listRequestRows(tx, { before, limit: mostLookedAt, status: "pending" });
  const document = JSON.stringify(asked.document);
  const actor = currentActor();
  const same = waiting.find(
    (one) => one.kind === asked.kind && one.document === document && one.entered_by === actor,
  );
  if (same === undefined) return askSecondPerson(tx, asked, now);
  nameSubject(same.request_id);
  return requestOf(same);
}

/** Keeps what whoever acts wants to have done by a second person's leave. */
export async function askSecondPerson(tx: Tx, asked: NewRequest, now: Instant): Promise<MoneyRequest> {
  const row: NewMoneyRequest = {
    request_id: `req_${randomHex(10)}`,
    kind: asked.kind,
    subject: asked.subject,
    document: JSON.stringify(asked.document),
    moves: JSON.stringify(asked.moves),
    status: asked.status,
    entered_by: currentActor(),
    entered_at: now,
    decided_by: null,
    decided_at: null,
  };
  await insertRequest(tx, row);
  nameSubject(row.request_id);
  return requestOf(row);
}

/** A request's row while its verdict is written. */
export type SettledRequest = NewMoneyRequest & Pick<RequestVerdict, "decided_at">;

/**
 * Settles a pending request as its second person, in the caller's transaction.
 *
 * @throws {Refusal} `approval_unknown`; `approval_settled`; `second_person_needed` when it is who entered it, or may not decide
 */
export async function decideRequest(
  tx: Tx,
  deps: Pick<Deps, "config" | "hashes">,
  { id, status, now }: { id: string; status: "booked" | "refused"; now: Instant },
): Promise<SettledRequest> {
  const row = await refuseUnfitVerdict(tx, deps, id);
  const verdict = { request_id: id, status, decided_by: currentActor(), decided_at: now };
  // Of two who decide at once the database lets one through.
  if (!(await settleRequest(tx, verdict))) throw settledRequest(row);
  return { ...row, ...verdict };
}

function partnersOf(row: NewMoneyRequest): readonly PartnerId[] {
  const { partners = [] } = JSON.parse(row.document) as ShownDocument;
  return [...partners, ...requestOf(row).moves.map(({ partner }) => partner)];
}

/**
 * Holds whoever decides on a request to what `decideRequest` does, and changes nothing.
 *
 * @throws {Refusal} as `decideRequest`
 */
export async function refuseUnfitVerdict(
  tx: Tx,
  deps: Pick<Deps, "config" | "hashes">,
  id: string,
): Promise<NewMoneyRequest> {
  const row = await findRequest(tx, id);
  if (row === undefined) throw unknownRequest(id);
  if (row.status !== "pending") throw settledRequest(row);
  await requireSecondPerson(tx, deps, {
    proposedBy: row.entered_by,
    approver: currentActor(),
    partners: partnersOf(row),
    code: "second_person_needed",
    what: id,
  });
  return row;
}

const settledRequest = ({ request_id, status }: NewMoneyRequest): Refusal =>
  new Refusal(
    "approval_settled",
    status === "gathering"
      ? `What adds to ${request_id} has not ended: repeat the import first.`
      : `${request_id} does not wait for anybody.`,
  );

/** The refusal of an id that no request has. */
export const unknownRequest = (id: string): Refusal =>
  new Refusal("approval_unknown", `Nothing with the id ${JSON.stringify(id)} waits for a second person.`);
