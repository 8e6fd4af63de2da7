/**
 * A programmer's mistake: wrong options, an ill-formed built-in key. Everything else that can go wrong is a
 * value with a stable `code`, so a product needs no try/catch around the SDK once its options are right.
 *
 * `code` is stable and may be compared; `message` is for people and may change.
 */
export class TallystickError extends Error {
  override readonly name = "TallystickError";
  /** One of `optionErrors`, or a code that the throwing function names. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
