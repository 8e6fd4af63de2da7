import { Refusal } from "../words/refusal.ts";

/** How many downloads may be open at once: each holds a descriptor for as long as a slow customer takes. */
export interface DownloadCaps {
  inAll: number;
  ofOneAddress: number;
}

/** A place that a download has taken. */
export interface Place {
  /** Gives the place back; once or more often. */
  leave(): void;
}

/**
 * Hands out places for downloads, so many in all and so many to one network address.
 *
 * @returns what takes a place; it throws the refusal `busy` when there is none
 */
export function createPlaces({ inAll, ofOneAddress }: DownloadCaps): (address: string) => Place {
  const open = new Map<string, number>();
  let taken = 0;
  return (address) => {
    const own = open.get(address) ?? 0;
    if (taken >= inAll || own >= ofOneAddress)
      throw new Refusal("busy", "Too many downloads are under way. Please try again in a minute.");
    open.set(address, own + 1);
    taken += 1;
    let left = false;
    return {
      leave: () => {
        if (left) return;
        left = true;
        taken -= 1;
        const rest = (open.get(address) ?? 1) - 1;
        if (rest === 0) open.delete(address);
        else open.set(address, rest);
      },
    };
  };
}
