import { crc32, gzipSync } from "node:zlib";
import { encodePlaceholder } from "@tallystick/sdk/stamp";
import { type StampFixture, stampFixtures } from "../../stamp/stamp-fixtures.ts";
import { stampBytes } from "../../stamp/stamping.ts";
import { tinyIso } from "../../stamp/tiny-iso.ts";
import { token } from "./token-vectors.ts";

const magic = Buffer.from("TALLYSTICK\n\x01", "latin1");

function frame(payload: string, change: { length?: number; sum?: number; magic?: Buffer } = {}): Buffer {
  const bytes = Buffer.from(payload, "latin1");
  const header = Buffer.alloc(6);
  header.writeUInt16BE(change.length ?? bytes.length, 0);
  header.writeUInt32BE((change.sum ?? crc32(bytes)) >>> 0, 2);
  return Buffer.concat([change.magic ?? magic, header, bytes]);
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const stamped = (name: string, bytes: Buffer, payload: string) => ({
  name,
  bytes: hex(bytes),
  payload: hex(Buffer.from(payload, "latin1")),
});
const other = (name: string, bytes: Buffer, code: "absent" | "damaged") => ({
  name,
  bytes: hex(bytes),
  code,
});

/** Frames: the payload, or `absent`, or `damaged`. */
export const makeFrameVectors = () => ({
  about:
    "Bytes in hexadecimal digits that begin where a frame may be: `payload`, or the `code` absent or damaged. See PROTOCOL.md, section 7.1.",
  vectors: [
    stamped("a token", frame("a.b.c"), "a.b.c"),
    stamped("zeros behind it", Buffer.concat([frame("a.b.c"), Buffer.alloc(9)]), "a.b.c"),
    stamped("other bytes behind it", Buffer.concat([frame("a"), Buffer.from("undo")]), "a"),
    stamped("the largest payload", frame("x".repeat(4096)), "x".repeat(4096)),
    other("nothing", Buffer.alloc(0), "absent"),
    other("a part of the magic", magic.subarray(0, 11), "absent"),
    other("the magic of another version", frame("a", { magic: Buffer.from("TALLYSTICK\n\x02") }), "absent"),
    other("the magic alone", magic, "damaged"),
    other("a length of 0", frame("", { length: 0 }), "damaged"),
    other("an empty placeholder", Buffer.concat([magic, Buffer.alloc(50)]), "damaged"),
    other("a length of 4,097", frame("x".repeat(4097)), "damaged"),
    other("a length beyond the end", frame("a.b.c", { length: 6 }), "damaged"),
    other("a wrong sum", frame("a.b.c", { sum: crc32(Buffer.from("a.b.d")) }), "damaged"),
  ],
});

/** The kind that a fixture's name speaks of. */
function kindOf(name: string): string {
  const kinds: [RegExp, string][] = [
    [/exe$/, "pe"],
    [/msi/, "msi"],
    [/elf|appimage/, "elf"],
    [/deb/, "deb"],
    [/gzip/, "gzip"],
    [/zstd/, "zstd"],
    [/iso/, "iso"],
    [/dmg/, "dmg"],
    [/app\.zip/, "mac-zip"],
    [/zip/, "zip"],
  ];
  return kinds.find(([pattern]) => pattern.test(name))?.[1] ?? "unknown";
}

const gzipped = (bytes: Uint8Array) => gzipSync(bytes, { level: 9 }).toString("base64");

/** Files that are told by their size here, since the vectors are packed: what is larger is tested where it lies. */
const small = ({ bytes }: StampFixture) => gzipSync(bytes).length < 6000;

/** Files that contradict themselves, or have no place for a stamp. What has no structure but its end has no stamp then. */
async function refusedContainers(good: string) {
  const bytesOf = (name: string): Uint8Array => {
    const found = stampFixtures().find((fixture) => fixture.name === name);
    if (found === undefined) throw new Error(`there is no fixture ${name}`);
    return found.bytes;
  };
  const vector = (name: string, container: string, bytes: Uint8Array, code: string) => ({
    name,
    container,
    file: gzipped(bytes),
    code,
  });
  const cut = (bytes: Uint8Array) => bytes.subarray(0, Math.floor(bytes.length * 0.9));
  const longer = (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.from("more")]);
  const dmg = Buffer.from(bytesOf("dmg"));
  dmg.writeBigUInt64BE(BigInt(dmg.length), dmg.length - 512 + 216);
  return [
    ...["signed.exe", "msi", "deb", "zip", "large zip", "app.zip", "iso with a placeholder"].map((name) =>
      vector(`${name}, cut off`, kindOf(name), cut(bytesOf(name)), "container_malformed"),
    ),
    vector("dmg, its property list beyond its end", "dmg", dmg, "container_malformed"),
    ...["signed.exe", "zip", "large zip"].map((name) =>
      vector(
        `${name}, with bytes behind its end`,
        kindOf(name),
        longer(bytesOf(name)),
        "container_unsupported",
      ),
    ),
    ...(await Promise.all(
      ["elf", "gzip", "zstd", "unsigned.exe"].map(async (name) =>
        vector(
          `${name}, stamped and cut off`,
          kindOf(name),
          cut(await stampBytes(bytesOf(name), good)),
          "absent",
        ),
      ),
    )),
  ];
}

/** The kinds of file that a stamp goes into: without one, with one, and with one that was damaged. */
export async function makeContainerVectors() {
  const good = token();
  const damage = (bytes: Uint8Array) => {
    const copy = Buffer.from(bytes);
    const at = copy.lastIndexOf(magic);
    copy[at + 20] = (copy[at + 20] ?? 0) ^ 1;
    return copy;
  };
  const fixtures = stampFixtures().filter(small);
  const of = async ({ name, bytes }: StampFixture) => {
    const container = kindOf(name);
    const withStamp = await stampBytes(bytes, good);
    return [
      { name, container, file: gzipped(bytes), code: "absent" },
      { name: `${name}, stamped`, container, file: gzipped(withStamp), token: good },
      { name: `${name}, damaged`, container, file: gzipped(damage(withStamp)), code: "stamp_damaged" },
    ];
  };
  const text = Buffer.from("a text");
  const iso = tinyIso({ files: [{ name: "tallystick.token", content: encodePlaceholder(4096) }] });
  return {
    about:
      "`file` is a file, compressed by gzip and in base64: the `token` of its stamp, or a `code`. See PROTOCOL.md, section 7.2.",
    vectors: [
      ...(await Promise.all(fixtures.map(of))).flat(),
      ...(await of({ name: "iso with a larger placeholder", bytes: iso })),
      ...(await refusedContainers(good)),
      { name: "no kind that is known", file: gzipped(text), code: "container_unknown" },
      { name: "an rpm", file: gzipped(Buffer.from("edabeedb0300", "hex")), code: "container_unsupported" },
    ],
  };
}
