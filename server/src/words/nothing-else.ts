/**
 * Holds a function to the whole of a value: what is left of it, once all members that the function knows were taken out
 * by name, must be nothing. A member that is added later does not compile there until somebody says what becomes of it.
 */
export function nothingElse<Rest extends object>(_rest: Rest & Record<keyof Rest, never>): void {}
