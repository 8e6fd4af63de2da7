import { type AppContext, requestHeader } from "../../http/app-env.ts";

/**
 * Programs that fetch a link to show a preview of it, or to scan it, before or without a person opening it.
 * By the names they publish. The in-app browsers of the same vendors have other names and are people:
 * `FBAN`, `Instagram`, `KAKAOTALK`, `Line/`, `Telegram-Android`.
 */
const previewAgents = new RegExp(
  [
    "(?<!cu)bot/", // Twitterbot/1.0, Discordbot/2.0, LinkedInBot/1.0, Googlebot/2.1, bingbot/2.0; not a CUBOT phone
    "slackbot",
    "slack-imgproxy",
    "facebookexternalhit",
    "facebookcatalog",
    "meta-externalagent",
    "facebot",
    "twitterbot",
    "telegrambot",
    "^whatsapp/",
    "discordbot",
    "linkedinbot",
    "skypeuripreview",
    "microsoftpreview",
    "bingpreview",
    "ms-office",
    "googleimageproxy",
    "google-pagerenderer",
    "google-read-aloud",
    "google-safety",
    "google-inspectiontool",
    "developers\\.google\\.com/\\+/web/snippet",
    "kakaotalk-scrap",
    "zoom.?linkpreview",
    "mattermost",
    "embedly",
    "iframely",
    "vkshare",
    "redditbot",
    "pinterestbot",
    "viber/url",
    "bitlybot",
    "barracuda",
    "^synapse ", // Synapse (bot; +https://github.com/matrix-org/synapse)
    "\\bmastodon/", // Mastodon/4.3.0 (http.rb/5.2.0; +https://mastodon.social/) Bot
    "bluesky cardyb",
    "snap url preview", // The app's own browser says Snapchat, and is a person.
    "chatgpt-user",
  ].join("|"),
  "i",
);

/** What a browser says of a link that a page names as one of its parts (Fetch Metadata, `Sec-Fetch-Dest`): nobody clicked it. */
const partsOfPages: ReadonlySet<string> = new Set(
  "audio font image manifest paintworklet report script serviceworker sharedworker style track video worker xslt".split(
    " ",
  ),
);

/** True when nobody has clicked yet: a browser that fetches ahead or for a page's part, a preview, or HEAD. Such requests record nothing. */
export function isPreview(c: AppContext): boolean {
  if (c.req.method === "HEAD") return true;
  const agent = requestHeader(c, "user-agent");
  if (agent !== undefined && previewAgents.test(agent)) return true;
  if (partsOfPages.has(requestHeader(c, "sec-fetch-dest") ?? "")) return true;
  return (
    isAhead(requestHeader(c, "sec-purpose")) ||
    isAhead(requestHeader(c, "purpose")) ||
    isAhead(requestHeader(c, "x-purpose")) ||
    isAhead(requestHeader(c, "x-moz"))
  );
}

function isAhead(purpose: string | undefined): boolean {
  return purpose !== undefined && /\b(?:prefetch|prerender|preview)\b/i.test(purpose);
}
