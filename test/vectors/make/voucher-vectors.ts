const code = "7K3MQX8T0ABCDEFGHJ52";
const read = (name: string, typed: string, as: string | null = code) => ({ name, typed, code: as });

/** Voucher codes as they are typed, and idempotency keys. The check characters come from a table, not from the SDK. */
export const makeVoucherVectors = () => ({
  about:
    "Reading `typed` gives `code`, or null where it is none. A `key` is an idempotency key or not. See PROTOCOL.md, section 8.",
  vectors: [
    read("as it is", code),
    read("as it is printed", "7K3M-QX8T-0ABC-DEFG-HJ52"),
    read("small letters", "7k3mqx8t0abcdefghj52"),
    read("O for 0", "7K3MQX8TOABCDEFGHJ52"),
    read("I and L for 1", "oi23456789abcdefghjt", "0123456789ABCDEFGHJT"),
    read("l for 1", "0l23456789ABCDEFGHJT", "0123456789ABCDEFGHJT"),
    read("spaces, dashes, dots and what is invisible", " 7K3M\u00a0QX8T\u2013 0ABC.DEFG_HJ52\u200b\n"),
    read("the last symbol of all", "ZZZZZZZZZZZZZZZZZZZT", "ZZZZZZZZZZZZZZZZZZZT"),
    read("nothing but zeros", "0".repeat(20), "0".repeat(20)),
    read("one behind zeros", "00000000000000000012", "00000000000000000012"),
    read("200 code units", code.padEnd(200)),
    read("201 code units", code.padEnd(201), null),
    read("a wrong character", "7K3MQX8T0ABCDEFGHJ53", null),
    read("two exchanged", "K73MQX8T0ABCDEFGHJ52", null),
    read("two exchanged far apart", "2K3MQX8T0ABCDEFGHJ57", null),
    read("U, which is no symbol", "7K3MQX8T0ABCDEFGHU52", null),
    read("19 characters", code.slice(1), null),
    read("21 characters", `0${code}`, null),
    read("a letter that becomes one in capitals", "7\u212a3MQX8T0ABCDEFGHJ52", null),
    read("a slash", "7K3M/QX8T0ABCDEFGHJ52", null),
    read("nothing", "", null),
  ],
  keys: [
    { key: "A".repeat(22), accepted: true },
    { key: "-_".repeat(32), accepted: true },
    { key: "A".repeat(21), accepted: false },
    { key: "A".repeat(65), accepted: false },
    { key: `${"A".repeat(22)}=`, accepted: false },
    { key: `${"A".repeat(22)}\n`, accepted: false },
  ],
});
