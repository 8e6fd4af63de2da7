const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * An absolute address a browser may be sent to: https, or http on this machine; without user name or
 * password, which could make one host look like another. `undefined` for everything else.
 */
export function readWebAddress(text: unknown): URL | undefined {
  if (typeof text !== "string" || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const secure = url.protocol === "https:" || (url.protocol === "http:" && loopbackHost.test(url.hostname));
  return secure && url.username === "" && url.password === "" ? url : undefined;
}
