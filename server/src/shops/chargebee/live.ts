/** Chargebee's own gateway takes test cards and nothing else. */
export const isLive = ({ gateway }: { gateway?: string | null | undefined }): boolean =>
  gateway !== "chargebee";
