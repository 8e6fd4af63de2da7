/** A country's code of ISO 3166-1 alpha-2, in upper case; undefined for anything else. Never a reason to refuse a sale. */
export function countryClaim(text: string | null | undefined): string | undefined {
  const code = text?.trim().toUpperCase();
  return code !== undefined && /^[A-Z]{2}$/.test(code) && code !== "ZZ" && code !== "XX" ? code : undefined;
}

/** The code of a country that is told by its English name, or by its code. */
export function countryByName(text: string | null | undefined): string | undefined {
  const name = text?.trim().toLowerCase();
  return countryClaim(text) ?? (name === undefined ? undefined : codesByName().get(name));
}

let codes: ReadonlyMap<string, string> | undefined;

/** The English names that the runtime has for codes of two letters. Of two codes for one name the first counts. */
function codesByName(): ReadonlyMap<string, string> {
  if (codes !== undefined) return codes;
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const found = new Map<string, string>();
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    // Some codes are older ones for another: the runtime knows which is used now.
    if (new Intl.Locale("und", { region: code }).toString() !== `und-${code}`) continue;
    const name = names.of(code)?.toLowerCase();
    if (name !== undefined && !found.has(name)) found.set(name, code);
  }
  codes = found;
  return found;
}
