/**
 * Sealed texts that did not open, since somebody changed their rows: what goes round again and again looks at such a row
 * once, and again when it was changed.
 */
export class Unopened {
  readonly #sealed = new Map<string, Uint8Array>();

  /** Whether this text of the row is known not to open. */
  has(row: string, sealed: Uint8Array): boolean {
    const known = this.#sealed.get(row);
    return known !== undefined && Buffer.compare(known, sealed) === 0;
  }

  /** Keeps that this text of the row did not open. */
  add(row: string, sealed: Uint8Array): void {
    this.#sealed.set(row, sealed);
  }
}
