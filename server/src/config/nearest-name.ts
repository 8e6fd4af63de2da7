/** The known name that a misspelt one most likely means; `undefined` when none is near enough. */
export function nearestName(misspelt: string, known: readonly string[]): string | undefined {
  let nearest: { name: string; distance: number } | undefined;
  for (const name of known) {
    const distance = editDistance(misspelt.toLowerCase(), name.toLowerCase());
    if (nearest === undefined || distance < nearest.distance) nearest = { name, distance };
  }
  if (nearest === undefined) return undefined;
  const mostEdits = Math.max(1, Math.floor(nearest.name.length * 0.4));
  return nearest.distance <= mostEdits ? nearest.name : undefined;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replace = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const remove = (previous[column] ?? 0) + 1;
      const insert = (current[column - 1] ?? 0) + 1;
      current.push(Math.min(replace, remove, insert));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
