import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import type { AppEnv } from "../../http/app-env.ts";
import { isPreview } from "./link-preview.ts";

const app = new Hono<AppEnv>().get("/", (c) =>
  c.text(String(isPreview(c)), 200, { "x-preview": String(isPreview(c)) }),
);
const previewOf = async (headers: Record<string, string>, method = "GET") =>
  (await app.request("/", { method, headers })).headers.get("x-preview");

describe("what records nothing", () => {
  test.each([
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slackbot 1.0 (+https://api.slack.com/robots)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Twitterbot/1.0",
    "WhatsApp/2.23.20.0",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "TelegramBot (like TwitterBot)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "Mozilla/5.0 (compatible; Google-Read-Aloud; +https://support.google.com/webmasters/answer/1061943)",
    "Mozilla/5.0 (Macintosh) AppleWebKit/601.2.4 Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
    "Synapse (bot; +https://github.com/matrix-org/synapse)",
    "http.rb/5.1.1 (Mastodon/4.2.0; +https://mastodon.social/)",
    "Mastodon/4.3.0 (http.rb/5.2.0; +https://mastodon.social/) Bot",
    "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
    "Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
  ])("the program %s", async (agent) => {
    expect(await previewOf({ "user-agent": agent })).toBe("true");
  });

  test.each([
    ["purpose", "prefetch"],
    ["sec-purpose", "prefetch"],
    ["sec-purpose", "prefetch;prerender"],
    ["sec-purpose", "prefetch;anonymous-client-ip"],
    ["x-purpose", "preview"],
    ["x-moz", "prefetch"],
  ])("a browser that says %s: %s", async (name, value) => {
    expect(await previewOf({ [name]: value })).toBe("true");
  });

  test("HEAD", async () => {
    expect(await previewOf({}, "HEAD")).toBe("true");
  });
});

describe("what is a person's click", () => {
  test.each([
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 13; CUBOT X30 Build/TP1A) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605.1.15 [FBAN/FBIOS;FBAV/480.0]",
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/125.0 Mobile Safari/537.36 KAKAOTALK/10.8",
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/125.0 Mobile Safari/537.36 Line/14.1.0",
    "curl/8.5.0",
    "",
  ])("the agent %j", async (agent) => {
    expect(await previewOf({ "user-agent": agent })).toBe("false");
  });

  test("a browser that says why it asks, and it is not ahead of time", async () => {
    expect(await previewOf({ "sec-purpose": "navigate" })).toBe("false");
  });
});
