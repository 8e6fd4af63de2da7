/** An ISO 9660 image as a test wants it: one root with a few files, and no path tables, which nothing here reads. */
export interface TinyIso {
  files?: readonly TinyIsoFile[];
  /** Names in a Joliet tree instead of the primary one. */
  joliet?: boolean;
  /** What the field for applications of the primary descriptor holds: zeros by default. */
  applicationUse?: Uint8Array;
  /** A block behind the descriptors, as libisofs puts its sum there. */
  behindDescriptors?: Uint8Array;
}

/** A file at the root. */
export interface TinyIsoFile {
  name: string;
  content: Uint8Array;
  /** The name of Rock Ridge. */
  longName?: string;
  /** ECMA-119 9.1.6. */
  flags?: number;
}

const block = 2048;

/** Builds the image. */
export function tinyIso(options: TinyIso = {}): Uint8Array {
  const files = options.files ?? [];
  const [primaryRoot, jolietRoot, firstFile] = [20, 21, 22];
  let next = firstFile;
  const places = files.map((file) => {
    const at = next;
    next += Math.max(1, Math.ceil(file.content.length / block));
    return { ...file, at };
  });
  const image = Buffer.alloc(next * block);
  const put = (at: number, bytes: Uint8Array) => image.set(bytes, at * block);
  put(16, descriptor(1, primaryRoot, options.applicationUse));
  if (options.joliet) put(17, descriptor(2, jolietRoot));
  const end = options.joliet ? 18 : 17;
  put(end, Buffer.from("\xffCD001\x01", "latin1"));
  put(end + 1, options.behindDescriptors ?? new Uint8Array());
  put(primaryRoot, directory(primaryRoot, options.joliet ? [] : places, false));
  put(jolietRoot, directory(jolietRoot, places, true));
  for (const { at, content } of places) put(at, content);
  return new Uint8Array(image);
}

function descriptor(kind: number, root: number, applicationUse?: Uint8Array): Buffer {
  const bytes = Buffer.alloc(block);
  bytes.write(`${String.fromCharCode(kind)}CD001\x01`, "latin1");
  if (kind === 2) bytes.write("%/E", 88, "latin1");
  bytes.writeUInt16LE(block, 128);
  bytes.writeUInt16BE(block, 130);
  record({ name: Buffer.alloc(1), at: root, length: block, flags: 2 }).copy(bytes, 156);
  if (applicationUse !== undefined) bytes.set(applicationUse.subarray(0, 512), 883);
  return bytes;
}

function directory(at: number, files: readonly (TinyIsoFile & { at: number })[], isJoliet: boolean): Buffer {
  const self = [0, 1].map((name) => record({ name: Buffer.from([name]), at, length: block, flags: 2 }));
  const entries = files.map((file) =>
    record({
      name: isJoliet ? Buffer.from(`${file.name};1`, "utf16le").swap16() : Buffer.from(`${file.name};1`),
      at: file.at,
      length: file.content.length,
      flags: file.flags ?? 0,
      longName: file.longName,
    }),
  );
  return Buffer.concat([...self, ...entries]);
}

function record(about: {
  name: Buffer;
  at: number;
  length: number;
  flags: number;
  longName?: string | undefined;
}) {
  const { name, at, length, flags, longName } = about;
  const system = longName === undefined ? Buffer.alloc(0) : rockRidge(longName);
  const nameEnd = 33 + name.length + ((name.length + 1) % 2);
  const bytes = Buffer.alloc(nameEnd + system.length + (system.length % 2));
  bytes[0] = bytes.length;
  bytes.writeUInt32LE(at, 2);
  bytes.writeUInt32LE(length, 10);
  bytes[25] = flags;
  bytes[32] = name.length;
  name.copy(bytes, 33);
  system.copy(bytes, nameEnd);
  return bytes;
}

/** An entry for permissions, which is passed over, and one for the name. */
function rockRidge(name: string): Buffer {
  const permissions = Buffer.alloc(36);
  permissions.write(`PX${String.fromCharCode(36)}\x01`, "latin1");
  return Buffer.concat([
    permissions,
    Buffer.from(`NM${String.fromCharCode(5 + name.length)}\x01\0${name}`, "latin1"),
  ]);
}
