import { currentActor, nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { requireSecondPerson } from "../people/second-person.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { randomHex } from "../words/random-hex.ts";
import { Refusal } from "../words/refusal.ts";
import type { Move } from "./limit.ts";
import type { RequestStatus } from "./request-status.ts";
import {
  findRequest,
  insertRequest,
  type NewMoneyRequest,
  type RequestVerdict,
  settleRequest,
} from "./rows/requests.ts";
import type { RequestKind } from "./rows/schema.ts";

/** What waits for a second person and is no adjustment, as it is shown. Times ISO 8601 in UTC. */
export interface MoneyRequest {
  id: string;
  kind: RequestKind;
  /** What it is about: a programme, or shop and order. */
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
  note?: string;
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
  const row = await findRequest(tx, id);
  if (row === undefined) throw unknownRequest(id);
  const verdict = { request_id: id, status, decided_by: currentActor(), decided_at: now };
  if (row.status === "pending")
    await requireSecondPerson(tx, deps, {
      proposedBy: row.entered_by,
      approver: verdict.decided_by,
      partners: requestOf(row).moves.map(({ partner }) => partner),
      code: "second_person_needed",
      what: id,
    });
  // Of two who decide at once the database lets one through.
  if (row.status !== "pending" || !(await settleRequest(tx, verdict)))
    throw new Refusal(
      "approval_settled",
      row.status === "gathering"
        ? `What adds to ${id} has not ended: repeat the import first.`
        : `${id} does not wait for anybody.`,
    );
  return { ...row, ...verdict };
}

/** The refusal of an id that no request has. */
export const unknownRequest = (id: string): Refusal =>
  new Refusal("approval_unknown", `Nothing with the id ${JSON.stringify(id)} waits for a second person.`);
