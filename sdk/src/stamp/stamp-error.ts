/** Why a file could not be stamped or its stamp not be read. Stable for programs. */
export const stampErrorCodes = [
  /** No container that is known: the sidecar file is the way for it. */
  "container_unknown",
  /** A known container that cannot hold a stamp, such as rpm or an APK with a v2 signature; the message says why. */
  "container_unsupported",
  /** A structure of the container contradicts itself, points outside the file, or goes beyond what is sane. */
  "container_malformed",
  /** There is a stamp, and it was damaged. */
  "stamp_damaged",
  /** The token is longer than a stamp, or than the place that this container has. */
  "stamp_too_large",
  /** A removal was asked for, and there is no stamp. */
  "stamp_absent",
] as const;

/** A stable code of a failure. */
export type StampErrorCode = (typeof stampErrorCodes)[number];

/** Every failure of reading, planning or removing a stamp. The message is fit for people and holds no token. */
export class StampError extends Error {
  override readonly name = "StampError";
  /** One of `stampErrorCodes`. */
  readonly code: StampErrorCode;

  constructor(code: StampErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
