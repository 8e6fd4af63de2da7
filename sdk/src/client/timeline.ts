/** What a prompt needs to know beside status and reminder. Times in milliseconds since 1970, days as `2027-11-21`. */
export interface Timeline {
  /** The time that counts now: the machine's, or a later one that it showed before. */
  now: number;
  /** When this process, or its last session, began. */
  sessionBeganAt: number;
  /** When this copy was first started; 0 for one that is older than this record. */
  firstSeenAt: number;
  /** The last day of the licence where the customer is; `null` without an end. */
  lastDay: string | null;
  /** The last day of grace. */
  lastGraceDay: string | null;
}
