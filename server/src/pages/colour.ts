/** Red, green and blue from 0 to 255. */
type Colour = readonly [number, number, number];

const black: Colour = [0, 0, 0];
const white: Colour = [255, 255, 255];

/** WCAG 2.2, 1.4.3, with a little more, since screens round. */
const readable = 4.6;

/**
 * A colour as near to a given one as can be read on all these backgrounds, and on which text in one of them can be
 * read: made darker on light backgrounds and lighter on dark ones, step by step. All are `#rrggbb`.
 */
export function readableColour(color: string, backgrounds: readonly string[]): string {
  const behind = backgrounds.map(parse);
  const end = behind.every((one) => luminance(one) > 0.2) ? black : white;
  for (let step = 0; step < 50; step++) {
    const mixed = mix(parse(color), end, step / 50);
    if (behind.every((one) => contrast(mixed, one) >= readable)) return format(mixed);
  }
  return format(end);
}

/** The ratio of two colours by WCAG 2.2, from 1 to 21. */
export const contrastOf = (one: string, other: string): number => contrast(parse(one), parse(other));

function contrast(one: Colour, other: Colour): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Relative luminance, as WCAG 2.2 defines it. */
function luminance(colour: Colour): number {
  const [r = 0, g = 0, b = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const mix = ([r, g, b]: Colour, [toR, toG, toB]: Colour, share: number): Colour => [
  Math.round(r + (toR - r) * share),
  Math.round(g + (toG - g) * share),
  Math.round(b + (toB - b) * share),
];

const part = (color: string, at: number): number => Number.parseInt(color.slice(at, at + 2), 16);

const parse = (color: string): Colour => [part(color, 1), part(color, 3), part(color, 5)];

const format = (colour: Colour): string =>
  `#${colour.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
