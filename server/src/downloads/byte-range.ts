/** What a request asks for of a body of known length. `end` is not included. */
export type RangeReading =
  | { code: "whole" }
  | { code: "part"; start: number; end: number }
  /** The range begins behind the end: 416. */
  | { code: "unsatisfiable" };

/**
 * Reads a Range header (RFC 9110, section 14). One range of bytes is served; several, or what is not understood, are
 * answered with the whole, as the standard allows.
 */
export function readRange(header: string | undefined, size: number): RangeReading {
  const match = /^bytes=[ \t]*(\d{0,15})-(\d{0,15})[ \t]*$/i.exec(header ?? "");
  if (match === null) return { code: "whole" };
  const [, first = "", last = ""] = match;
  if (first === "") {
    if (last === "") return { code: "whole" };
    const suffix = Math.min(Number(last), size);
    return suffix === 0 ? { code: "unsatisfiable" } : { code: "part", start: size - suffix, end: size };
  }
  const start = Number(first);
  const end = last === "" ? size : Math.min(Number(last) + 1, size);
  if (last !== "" && Number(last) < start) return { code: "whole" };
  return start >= size ? { code: "unsatisfiable" } : { code: "part", start, end };
}
