import { readStampAttribute } from "./authenticode.ts";
import { type CompoundFile, compoundFileMagic, openCompoundFile } from "./compound-file.ts";
import { type CompoundStream, findRootStream, readStream } from "./compound-stream.ts";
import type { ContainerReader } from "./container.ts";

/** Where Windows keeps the signature of an MSI. A second stream, MsiDigitalSignatureEx, is covered by it. */
const signatureStreamName = "\u0005DigitalSignature";

/** A signature with its certificates and timestamps has 5 to 20 KB. */
const maxSignatureBytes = 1 << 20;

/** Reads the stamp of an MSI: an attribute in its signature, as in a PE. Without a signature there is none. */
export const msiReader: ContainerReader = {
  kind: "msi",
  recognises: (_source, head) => compoundFileMagic.every((byte, index) => head[index] === byte),
  async readStampPlace(source) {
    const file = await openCompoundFile(source);
    const stream = await findSignatureStream(file);
    return stream === undefined ? undefined : readStampAttribute(await readSignatureStream(file, stream));
  },
};

/** The stream of the signature, if the MSI is signed. */
export const findSignatureStream = (file: CompoundFile): Promise<CompoundStream | undefined> =>
  findRootStream(file, signatureStreamName);

/** The signature as it stands there. */
export const readSignatureStream = (file: CompoundFile, stream: CompoundStream): Promise<Uint8Array> =>
  readStream(file, stream, maxSignatureBytes);
