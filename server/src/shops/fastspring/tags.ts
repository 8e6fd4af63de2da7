/** A vendor's page may set as much as it likes; we look for three short members. */
const maxTagsLength = 10_000;

/**
 * An order's tags as an object. FastSpring gives back what the checkout was opened with: an object, or a text such as
 * `reference:abc, campaign:spring`, `reference=abc&campaign=spring`, or JSON. What cannot be read is no tag.
 */
export function tagsOf(tags: unknown): unknown {
  if (typeof tags !== "string") return tags;
  if (tags.length > maxTagsLength) return undefined;
  if (tags.trimStart().startsWith("{")) return parsed(tags);
  const pairs = tags.split(/[,;&]/).flatMap((pair) => {
    // Trimmed by itself: an expression that looks for the last white space tries each run of it again and again.
    const [, name, value] = /^\s*([A-Za-z_]{1,40})\s*[:=](.*)$/s.exec(pair) ?? [];
    return name === undefined ? [] : [[name, value?.trim()]];
  });
  return Object.fromEntries(pairs);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
