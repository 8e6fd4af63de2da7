import { timingSafeEqual } from "node:crypto";
import { requireTradingPartner } from "../channel/active-partner.ts";
import type { Deps } from "../deps/deps.ts";
import type { Hashes } from "../secrets/hashes.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";

/** What a partner gives a customer who is to let it act for her. */
export interface Invitation {
  /** She enters it on her own page. */
  code: string;
  /** Her own page, with the code entered. */
  url: string;
}

/** 96 bits of a keyed hash: nobody finds out by trying which partners there are. */
const signatureLength = 16;

const signatureOf = ({ formLink }: Hashes, partner: string): string =>
  formLink(`mandate invitation ${partner}`).slice(0, signatureLength);

/** The partner's invitation. It says who the partner is to whoever has it, and lets nobody do anything. */
export function invitationOf(
  { hashes, config }: Pick<Deps, "hashes" | "config">,
  partner: PartnerId,
): Invitation {
  const code = `${partner}.${signatureOf(hashes, partner)}`;
  const url = new URL("account", config.issuer.endsWith("/") ? config.issuer : `${config.issuer}/`);
  url.searchParams.set("invitation", code);
  return { code, url: url.href };
}

/**
 * The partner whose invitation a customer has. One of a former pepper holds until that is forgotten.
 *
 * @throws {Refusal} `invitation_unknown`, in the same words for a code that is none, for one of a partner that does not
 * trade, and where there is no such partner
 */
export async function readInvitation(
  { hashes, store }: Pick<Deps, "hashes" | "store">,
  code: string,
): Promise<{ id: PartnerId; name: string }> {
  const [, partner = "", signature = ""] = /^([^.]{1,64})\.([\w-]{16})$/.exec(code.trim()) ?? [];
  const isSigned = [hashes, ...(hashes.former === undefined ? [] : [hashes.former])].some((one) =>
    timingSafeEqual(Buffer.from(signatureOf(one, partner)), Buffer.from(signature.padEnd(signatureLength))),
  );
  if (!isSigned) throw unknownInvitation();
  try {
    const { id, name } = await store.read((tx) => requireTradingPartner(tx, as.partner(partner)));
    return { id, name };
  } catch (error) {
    throw error instanceof Refusal ? unknownInvitation() : error;
  }
}

const unknownInvitation = (): Refusal =>
  new Refusal(
    "invitation_unknown",
    "That is no invitation of a seller. Copy the whole code, or ask for it again.",
  );
