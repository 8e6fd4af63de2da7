/** IBANs whose check digits are right, from the registry's own examples. */
export const ibans = [
  "DE89 3704 0044 0532 0130 00",
  "GB29 NWBK 6016 1331 9268 19",
  "FR14 2004 1010 0505 0001 3M02 606",
  "AT61 1904 3002 3457 3201",
];

/** Details of a partner who is paid to a German account, as a person writes them. */
export const detailsOf = (name: string, more: Record<string, unknown> = {}) => ({
  legalName: name,
  address: { street: "Hafenstraße", building: "7a", postCode: "20457", town: "Hamburg", country: "DE" },
  tax: { treatment: "domestic", vatId: "DE123456789" },
  accounts: [{ kind: "iban", name, iban: ibans[0] }] as Record<string, unknown>[],
  email: "ann@north.example",
  language: "de",
  ...more,
});
