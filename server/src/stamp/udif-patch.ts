import type { UdifTable } from "@tallystick/sdk/stamp";
import type { Patch } from "./stamp-plan.ts";

/**
 * Plans how bytes of a table change, which stands in base64 amid the property list: it takes as many letters as
 * before, and the line ends and tabs between them stay.
 *
 * @param at - where in the table.
 */
export function patchTable({ base64 }: UdifTable, at: number, bytes: Uint8Array): Patch[] {
  // Four letters are three bytes, so the change is widened to whole groups.
  const from = Math.floor(at / 3) * 3;
  const places = lettersOf(base64.text, (from / 3) * 4, Math.ceil((at + bytes.length) / 3) * 4);
  const group = Buffer.from(places.map((place) => base64.text.charAt(place)).join(""), "base64");
  group.set(bytes, at - from);
  const letters = group.toString("base64");
  return places.map((place, index) => ({
    offset: base64.offset + place,
    bytes: Uint8Array.of(letters.charCodeAt(index)),
  }));
}

/** Where in the text the letters of base64 stand, of those from `first` to before `end`. */
function lettersOf(text: string, first: number, end: number): number[] {
  const places: number[] = [];
  for (let place = 0, letter = 0; place < text.length && letter < end; place++)
    if (text.charCodeAt(place) > 0x20 && letter++ >= first) places.push(place);
  return places;
}
