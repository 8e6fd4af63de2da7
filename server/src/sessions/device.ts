const browsers: readonly [RegExp, string][] = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bChrome\/|\bCriOS\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];

const systems: readonly [RegExp, string][] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

/** A browser in two words, such as `Firefox, Android`: enough to know one's own, too little to know a person by. */
export function deviceOf(userAgent: string | undefined): string {
  const agent = userAgent?.slice(0, 500) ?? "";
  const named = [browsers, systems].flatMap(
    (table) => table.find(([pattern]) => pattern.test(agent))?.[1] ?? [],
  );
  return named.length === 0 ? "unknown" : named.join(", ");
}
