const printableAscii = /^[ -~]*$/;
const hyphenOrSpace = /[- ]/g;

/**
 * One spelling for all that a person may type of one licence: NFC, upper case, without spaces and dashes of any kind,
 * as `normalizeSerial` has it for serials; but any text is taken. A text of nothing but dashes is only trimmed.
 */
export function loosenLicence(licence: string): string {
  // Nearly all are, and the tables of Unicode need not be asked.
  const loose = printableAscii.test(licence)
    ? licence.replace(hyphenOrSpace, "").toUpperCase()
    : licence
        .normalize("NFC")
        .replace(/[\p{Pd}\s]/gu, "")
        .toUpperCase()
        .normalize("NFC");
  return loose === "" ? licence.trim() : loose;
}
