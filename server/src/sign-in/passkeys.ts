import { nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import type { Person } from "../http/app-env.ts";
import { noteNotice } from "../notices/notices.ts";
import { isoTime } from "../words/clock.ts";
import { Refusal } from "../words/refusal.ts";
import { deletePasskey, listPasskeyRows, renamePasskeyRow } from "./rows/passkeys.ts";

type Needs = Pick<Deps, "store" | "clock">;

/** A passkey as its owner sees it. Times are ISO 8601 in UTC. */
export interface ListedPasskey {
  id: string;
  name: string;
  addedAt: string;
  lastUsedAt: string | null;
}

/** A person's passkeys in the order in which they were added. */
export async function listPasskeys(
  { store }: Pick<Needs, "store">,
  person: Person,
): Promise<ListedPasskey[]> {
  const rows = await store.read((tx) => listPasskeyRows(tx, person.id));
  return rows.map(({ id, name, added_at, last_used_at }) => ({
    id,
    name,
    addedAt: isoTime(added_at),
    lastUsedAt: last_used_at === null ? null : isoTime(last_used_at),
  }));
}

/**
 * One of a person's own passkeys.
 *
 * @throws {Refusal} `not_found` for another person's passkey as for none
 */
export async function showPasskey(
  deps: Pick<Needs, "store">,
  person: Person,
  id: string,
): Promise<ListedPasskey> {
  const found = (await listPasskeys(deps, person)).find((one) => one.id === id);
  if (found === undefined) throw unknown();
  return found;
}

const longestName = 60;

/** A passkey's name as it is kept: one line of 60 characters at the most; undefined where nothing is left of it. */
export function readPasskeyName(text: string): string | undefined {
  const name = text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, " ")
    .trim();
  const cut = [...name].slice(0, longestName).join("").trim();
  return cut === "" ? undefined : cut;
}

/**
 * Renames one of a person's own passkeys.
 *
 * @throws {Refusal} `request_invalid` for an empty name, `not_found` for another person's passkey as for none
 */
export async function renamePasskey(
  { store }: Pick<Needs, "store">,
  person: Person,
  { id, name }: { id: string; name: string },
): Promise<void> {
  const read = readPasskeyName(name);
  if (read === undefined) throw new Refusal("request_invalid", "A passkey needs a name.");
  nameSubject(person.id);
  await store.write(async (tx) => {
    if (!(await renamePasskeyRow(tx, { id, person_id: person.id, name: read }))) throw unknown();
  });
}

/**
 * Removes one of a person's own passkeys, and notes the mail that tells of it.
 *
 * @throws {Refusal} `not_found` for another person's passkey as for none
 */
export async function removePasskey({ store, clock }: Needs, person: Person, id: string): Promise<void> {
  nameSubject(person.id);
  const now = clock();
  await store.write(async (tx) => {
    const removed = await deletePasskey(tx, { id, person_id: person.id });
    if (removed === undefined) throw unknown();
    await noteNotice(
      tx,
      { kind: "passkey.removed", person: person.id, facts: { name: removed.name } },
      { once: `${id} ${now}`, now },
    );
  });
}

const unknown = () => new Refusal("not_found", "There is no such passkey.");
