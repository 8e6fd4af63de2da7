import { nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { customerRow, sealCustomerText, sealedForVendor } from "../secrets/customer-seal.ts";
import { openIfSound, unopened } from "../secrets/seal.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { orderedId } from "../words/ordered-id.ts";
import { cutPage, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import {
  findOrganisation,
  findOrganisationNamed,
  insertOrganisation,
  listOrganisationRows,
  listOrganisationsBelow,
  moveOrganisationRow,
} from "./rows/organisations.ts";
import type { OrganisationRow, ToldBy } from "./rows/schema.ts";
import { organisationTiersAtMost } from "./told-customer.ts";

type World = Pick<Deps, "store" | "clock" | "hashes">;

/** An organisation among customers, for the vendor. */
export interface Organisation {
  organisation: string;
  name: string;
  /** The organisation it is a part of. */
  parent: string | null;
  /** The partner that told of it; null for the vendor. */
  toldBy: string | null;
}

/** So many organisations one look at a tree takes in. */
const treeAtMost = 1_000;

/**
 * The organisation of a path of names, from the top: what is missing is added. Those of one teller are a forest of their
 * own, so that what a partner tells can stand nowhere among what others told.
 *
 * @returns its id
 */
export async function placeInOrganisation(
  tx: Tx,
  { hashes }: Pick<Deps, "hashes">,
  { path, toldBy, sealedFor }: { path: readonly string[]; toldBy: ToldBy; sealedFor: string },
  now: Instant,
): Promise<string> {
  await lockName(tx, `customer organisations ${toldBy}`);
  let parent: string | null = null;
  for (const name of path) {
    const name_hash = hashes.organisation(name);
    const known: OrganisationRow | undefined = await findOrganisationNamed(tx, parent, {
      told_by: toldBy,
      name_hash,
    });
    if (known !== undefined) {
      parent = known.organisation_id;
      continue;
    }
    const id = `or_${orderedId(now)}`;
    await insertOrganisation(tx, {
      organisation_id: id,
      parent_id: parent,
      told_by: toldBy,
      name_hash,
      name_sealed: sealCustomerText(hashes, name.trim(), { id, sealedFor }),
      sealed_for: sealedFor,
      added_at: now,
    });
    parent = id;
  }
  return parent ?? "";
}

/** An organisation's name. */
export const nameOf = ({ hashes }: Pick<Deps, "hashes">, row: OrganisationRow): string =>
  openIfSound(row.name_sealed, customerRow(row.organisation_id, row.sealed_for), hashes.customerKey) ??
  unopened;

const organisationOf = (deps: Pick<Deps, "hashes">, row: OrganisationRow): Organisation => ({
  organisation: row.organisation_id,
  name: nameOf(deps, row),
  parent: row.parent_id,
  toldBy: row.told_by === "" ? null : row.told_by,
});

/** A page of organisations, the oldest first; whoever wants the tree puts it together by `parent`. */
export async function listOrganisations(
  deps: World,
  { after = "", limit }: { after?: string | undefined; limit?: number | undefined } = {},
): Promise<{ organisations: Organisation[]; next: string | null }> {
  const most = rowsOfPage(limit);
  const rows = await deps.store.read((tx) => listOrganisationRows(tx, { after, limit: most + 1 }));
  const { shown, next } = cutPage(rows, most, ({ organisation_id }) => organisation_id);
  return { organisations: shown.map((row) => organisationOf(deps, row)), next };
}

/**
 * One organisation of the vendor's.
 *
 * @throws {Refusal} `organisation_unknown`
 */
export const showOrganisation = (deps: World, id: string): Promise<Organisation> =>
  deps.store.read(async (tx) => organisationOf(deps, await requireOwn(tx, id)));

/**
 * Adds an organisation of the vendor's below another, or at the top. One that is there is no new one.
 *
 * @throws {Refusal} `organisation_unknown`, `request_invalid`
 */
export async function addOrganisation(
  deps: World,
  { name, parent }: { name: string; parent?: string | undefined },
): Promise<Organisation> {
  const now = deps.clock();
  return deps.store.write(async (tx) => {
    await lockName(tx, "customer organisations ");
    const above = parent === undefined ? undefined : await requireOwn(tx, parent);
    if (above !== undefined && (await lineAbove(tx, above)).length >= organisationTiersAtMost) refuseTiers();
    const name_hash = deps.hashes.organisation(name);
    const known = await findOrganisationNamed(tx, parent ?? null, { told_by: "", name_hash });
    if (known !== undefined) return organisationOf(deps, known);
    const id = `or_${orderedId(now)}`;
    const row: OrganisationRow = {
      organisation_id: id,
      parent_id: parent ?? null,
      told_by: "",
      name_hash,
      name_sealed: sealCustomerText(deps.hashes, name.trim(), { id, sealedFor: sealedForVendor }),
      sealed_for: sealedForVendor,
      added_at: now,
    };
    nameSubject(id);
    await insertOrganisation(tx, row);
    return organisationOf(deps, row);
  });
}

/**
 * Places an organisation of the vendor's below another, or at the top.
 *
 * @throws {Refusal} `organisation_unknown`; `organisation_cycle` where it would stand above itself; `request_invalid`
 */
export async function moveOrganisation(
  deps: World,
  { organisation, parent }: { organisation: string; parent: string | null },
): Promise<Organisation> {
  return deps.store.write(async (tx) => {
    // All moves wait for one another: two that are each sound can make a circle together.
    await lockName(tx, "customer organisations ");
    const row = await requireOwn(tx, organisation);
    if (parent !== null) {
      const line = await lineAbove(tx, await requireOwn(tx, parent));
      if (line.includes(organisation))
        throw new Refusal("organisation_cycle", `${organisation} would stand above itself.`);
      if (line.length + (await depthOf(tx, organisation)) > organisationTiersAtMost) refuseTiers();
    }
    const known = await findOrganisationNamed(tx, parent, { told_by: row.told_by, name_hash: row.name_hash });
    if (known !== undefined && known.organisation_id !== organisation)
      throw new Refusal("request_invalid", `Another of this name stands there: ${known.organisation_id}.`);
    await moveOrganisationRow(tx, { organisation_id: organisation, parent_id: parent });
    return organisationOf(deps, { ...row, parent_id: parent });
  });
}

async function requireOwn(tx: Tx, id: string): Promise<OrganisationRow> {
  const row = await findOrganisation(tx, id);
  if (row !== undefined && row.told_by === "") return row;
  throw new Refusal("organisation_unknown", `There is no organisation ${id} of the vendor's own.`);
}

function refuseTiers(): never {
  throw new Refusal(
    "request_invalid",
    `At most ${organisationTiersAtMost} organisations stand one above the other.`,
  );
}

/** An organisation and those above it. */
async function lineAbove(tx: Tx, row: OrganisationRow): Promise<string[]> {
  const line = [row.organisation_id];
  for (let at = row; at.parent_id !== null; ) {
    const above = await findOrganisation(tx, at.parent_id);
    if (above === undefined || line.includes(above.organisation_id)) break;
    line.push(above.organisation_id);
    at = above;
  }
  return line;
}

/** How many tiers an organisation and those below it are. */
async function depthOf(tx: Tx, id: string): Promise<number> {
  let depth = 0;
  for (let tier = [id]; tier.length > 0 && depth <= organisationTiersAtMost; depth += 1) {
    const below: string[] = [];
    for (const one of tier)
      below.push(...(await listOrganisationsBelow(tx, one)).map(({ organisation_id }) => organisation_id));
    tier = below;
  }
  return depth;
}

/** An organisation and all below it, at most a thousand. */
export async function wholeOrganisation(tx: Tx, id: string): Promise<string[]> {
  const found = [id];
  for (let at = 0; at < found.length && found.length < treeAtMost; at += 1)
    for (const { organisation_id } of await listOrganisationsBelow(tx, found[at] ?? ""))
      if (!found.includes(organisation_id)) found.push(organisation_id);
  return found.slice(0, treeAtMost);
}
