import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bytesSource, openCompoundFile } from "@tallystick/sdk/stamp";
import { followChain, readSectors } from "../../sdk/src/stamp/compound-file.ts";
import { run } from "./tool.ts";

/** Builds an installer package with wixl that installs one file of so many bytes, which do not compress. */
export function buildMsi(folder: string, name: string, fileBytes: number): string {
  const [source, msi] = [join(folder, `${name}.wxs`), join(folder, `${name}.msi`)];
  const content = Buffer.alloc(fileBytes);
  for (let index = 0, state = 1; index < fileBytes; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    content[index] = state >>> 16;
  }
  writeFileSync(join(folder, `${name}.bin`), content);
  writeFileSync(
    source,
    `<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Name="Acme Paint" Id="7d0b4a52-6a0b-4c1c-9f56-0d5f2f4a1b01" UpgradeCode="7d0b4a52-6a0b-4c1c-9f56-0d5f2f4a1b02" Language="1033" Codepage="1252" Version="1.0.0" Manufacturer="Acme">
    <Package InstallerVersion="200" Languages="1033" Compressed="yes" SummaryCodepage="1252"/>
    <Media Id="1" Cabinet="paint.cab" EmbedCab="yes"/>
    <Directory Id="TARGETDIR" Name="SourceDir"><Directory Id="ProgramFilesFolder"><Directory Id="INSTALLDIR" Name="Paint">
      <Component Id="Main" Guid="7d0b4a52-6a0b-4c1c-9f56-0d5f2f4a1b03"><File Id="Main" Name="paint.bin" DiskId="1" Source="${name}.bin" KeyPath="yes"/></Component>
    </Directory></Directory></Directory>
    <Feature Id="Complete" Level="1"><ComponentRef Id="Main"/></Feature>
  </Product>
</Wix>
`,
  );
  run("wixl", ["-o", msi, source], { cwd: folder });
  return msi;
}

const endOfChain = 0xffff_fffe;

/**
 * Writes a package with sectors of 4,096 bytes: no tool of Debian makes such, but some of Windows do. The directory
 * stays as it is, entry by entry; only where the streams begin is new.
 */
export async function writeWithLargeSectors(from: string, to: string): Promise<void> {
  const file = await openCompoundFile(bytesSource(readFileSync(from)));
  const sectors: Buffer[] = [];
  const fat: number[] = [];
  const add = (content: Uint8Array) => {
    if (content.length === 0) return endOfChain;
    const [first, count] = [sectors.length, Math.ceil(content.length / 4096)];
    for (let index = 0; index < count; index++) {
      const sector = Buffer.alloc(4096);
      sector.set(content.subarray(index * 4096, (index + 1) * 4096));
      sectors.push(sector);
      fat.push(index + 1 < count ? first + index + 1 : endOfChain);
    }
    return first;
  };
  const read = async (firstSector: number, size?: number) => {
    const sectorsOf = await followChain(file, firstSector);
    return readSectors(file, sectorsOf, size ?? sectorsOf.length * 512);
  };
  const directory = Buffer.from(await read(file.firstDirectorySector));
  const smallFat =
    file.firstMiniFatSector === endOfChain ? Buffer.alloc(0) : await read(file.firstMiniFatSector);
  for (let at = 0; at < directory.length; at += 128) {
    const [type, first, size] = [
      directory[at + 66],
      directory.readUInt32LE(at + 116),
      directory.readUInt32LE(at + 120),
    ];
    if ((type === 5 && size > 0) || (type === 2 && size >= 4096)) {
      directory.writeUInt32LE(add(await read(first, size)), at + 116);
    }
  }
  const padding = Buffer.alloc((4096 - (smallFat.length % 4096)) % 4096, 0xff);
  const smallFatAt = add(Buffer.concat([smallFat, padding]));
  const directoryAt = add(Buffer.concat([directory, emptyEntries(directory.length)]));
  const fatAt = sectors.length;
  const fatCount = Math.ceil((fatAt + 8) / 1024);
  const table = Buffer.alloc(fatCount * 4096, 0xff);
  for (let index = 0; index < fatCount; index++) fat.push(0xffff_fffd);
  for (const [index, next] of fat.entries()) table.writeUInt32LE(next, 4 * index);
  const header = Buffer.alloc(4096);
  readFileSync(from).copy(header, 0, 0, 24);
  for (const [index, value] of [0x3e, 4, 0xfffe, 12, 6].entries())
    header.writeUInt16LE(value, 24 + 2 * index);
  const smallFatCount = Math.ceil(smallFat.length / 4096);
  const fields = [
    Math.ceil(directory.length / 4096),
    fatCount,
    directoryAt,
    0,
    4096,
    smallFatAt,
    smallFatCount,
    endOfChain,
    0,
  ];
  for (const [index, value] of fields.entries()) header.writeUInt32LE(value, 40 + 4 * index);
  header.fill(0xff, 76, 512);
  for (let index = 0; index < fatCount; index++) header.writeUInt32LE(fatAt + index, 76 + 4 * index);
  writeFileSync(to, Buffer.concat([header, ...sectors, table]));
}

/** What fills the directory up to its sector's end (MS-CFB 2.6.1). */
function emptyEntries(length: number): Buffer {
  const entry = Buffer.alloc(128);
  entry.fill(0xff, 68, 80);
  return Buffer.concat(Array.from({ length: ((4096 - (length % 4096)) % 4096) / 128 }, () => entry));
}
