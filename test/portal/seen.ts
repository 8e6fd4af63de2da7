/** A page's text. */
export const read = async (response: Promise<Response>): Promise<string> => (await response).text();

/** What a reader sees of a page: its text, without signs that only arrange it. */
export const seen = (page: string): string => page.replaceAll(/<[^>]+>/g, " ").replaceAll(/&#\d+;|\s+/g, " ");
