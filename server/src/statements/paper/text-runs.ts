import bidiFactory from "bidi-js";
import { faceFiles } from "./font-files.ts";
import { type Face, openFace } from "./pdf-fonts.ts";

/** A piece of a line in one face and one direction, in the order of reading. */
export interface Run {
  text: string;
  face: Face;
  isRightToLeft: boolean;
}

const bidi = bidiFactory();

/** Marks that steer the direction: they have done their work once runs are in order, and fonts have no glyphs for them. */
const directionMarks = /[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** What stands before and behind a text and is not seen; but the marks that keep the minus of an amount before it. */
const unseenEnds = /^[\s\u200b-\u200d\u202a-\u202e\u2060]+|[\s\u200b-\u200d\u202a-\u202e\u2060]+$/gu;

/** Spaces that some languages put into numbers and that the faces do not have. */
const narrowSpaces = /[\u2007\u2009\u202f]/gu;

/** What changes the look of the character before it: without a face for that one it says nothing of its own. */
const modifiers = /^[\p{M}\p{Cf}\p{Emoji_Modifier}]$/u;

/** Stands for a character that no face has, such as a picture. */
const unknown = "?";

/**
 * A line of text as runs from left to right, by the Unicode Bidirectional Algorithm (UAX 9). Within a run of the other
 * direction the shaper turns the glyphs round itself.
 */
export async function visualRuns(
  given: string,
  { direction, language, isBold }: { direction: "ltr" | "rtl"; language: string; isBold: boolean },
): Promise<Run[]> {
  // Composed, since faces have whole syllables and letters rather than their parts.
  const text = given.normalize("NFC").replace(unseenEnds, "").replace(narrowSpaces, "\u00a0");
  const { levels } = bidi.getEmbeddingLevels(text, direction);
  const files = faceFiles(isBold, language);
  const runs: (Run & { level: number })[] = [];
  let at = 0;
  for (const character of text) {
    const level = levels[at] ?? 0;
    at += character.length;
    const shown = (level % 2 === 1 ? bidi.getMirroredCharacter(character) : null) ?? character;
    if (shown.replace(directionMarks, "") === "") continue;
    const last = runs.at(-1);
    const { face, text: known } = await faceOf(shown, files, last?.level === level ? last.face : undefined);
    if (last !== undefined && last.level === level && last.face === face) last.text += known;
    else runs.push({ text: known, face, level, isRightToLeft: level % 2 === 1 });
  }
  return inVisualOrder(runs.map(turned));
}

/** The shaper turns letters of the other direction round, and leaves spaces and signs without any as they are. */
function turned<One extends Run>(run: One): One {
  if (!run.isRightToLeft || /\p{L}/u.test(run.text)) return run;
  return { ...run, text: [...run.text].reverse().join(""), isRightToLeft: false };
}

/** The first face that has a character; a space or a mark stays in the face before it. */
async function faceOf(
  character: string,
  files: readonly string[],
  before: Face | undefined,
): Promise<{ face: Face; text: string }> {
  const code = character.codePointAt(0) ?? 0;
  if (/[\s\p{M}]/u.test(character) && before?.font.hasGlyphForCodePoint(code) === true)
    return { face: before, text: character };
  for (const file of files) {
    const face = await openFace(file);
    if (face.font.hasGlyphForCodePoint(code)) return { face, text: character };
  }
  if (before !== undefined && modifiers.test(character)) return { face: before, text: "" };
  return { face: await openFace(files[0] ?? ""), text: unknown };
}

/** Rule L2: from the highest level down, what lies at it or above is turned round. */
function inVisualOrder<Levelled extends { level: number }>(runs: readonly Levelled[]): Levelled[] {
  const ordered = [...runs];
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level > 0; level--)
    for (let start = 0; start < ordered.length; start++) {
      let end = start;
      while (end < ordered.length && (ordered[end]?.level ?? 0) >= level) end++;
      if (end > start + 1) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = Math.max(start, end - 1);
    }
  return ordered;
}
