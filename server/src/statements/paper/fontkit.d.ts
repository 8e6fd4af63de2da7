/** What is used of fontkit, which has no types of its own. */
declare module "fontkit" {
  /** An opened font. */
  export interface Font {
    hasGlyphForCodePoint(code: number): boolean;
  }
  /** Opens a font, or a collection of them, from a file's bytes. */
  export function create(data: Buffer): unknown;
}
