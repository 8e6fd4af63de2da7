import type { Deps } from "../deps/deps.ts";
import type { Person } from "../http/app-env.ts";
import { type FoundPerson, findPeopleByMail } from "../people/rows/people.ts";
import { startSession } from "../sessions/sessions.ts";
import { Refusal } from "../words/refusal.ts";
import type { SigningBrowser } from "./finish.ts";

type Needs = Pick<Deps, "store" | "clock" | "hashes" | "config">;

/** All that the address of a person acts for, that person among them. */
export const othersOf = (
  { store, hashes }: Pick<Needs, "store" | "hashes">,
  { mail }: Person,
): Promise<FoundPerson[]> => store.read((tx) => findPeopleByMail(tx, hashes.email(mail)));

/**
 * Lets a person act for another side that its address stands for. The sign-in gets no fresher by it.
 *
 * @returns the secret of the new session, which takes the place of the present one
 * @throws {Refusal} `person_unknown` for whoever has another address
 */
export async function switchPerson(
  deps: Needs,
  person: Person,
  to: string,
  { device, replaces }: SigningBrowser,
): Promise<{ secret: string; side: "vendor" | "partner" }> {
  const wanted = (await othersOf(deps, person)).find(({ id }) => id === to);
  if (wanted === undefined) throw new Refusal("person_unknown", "There is no such person.");
  const { signedInAt, way } = person;
  const subject = { person: wanted.id };
  const secret = await deps.store.write((tx) =>
    startSession(tx, deps, { subject, way, device, replaces, signedInAt }),
  );
  return { secret, side: wanted.partner_id === null ? "vendor" : "partner" };
}
