import { expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { withdrawNews, writeNews } from "../../server/src/news/news.ts";
import { openChannel } from "../channel/channel-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

interface Feed {
  items: { id: string; title: string; content_text: string; tags: string[]; _tallystick?: object }[];
  next_url?: string;
}

onEveryEngine("the partner's feed", (bench) => {
  it("tells the vendor's news between the credits, each once over all pages, and not what was withdrawn", async () => {
    const { deps, journey, start, sell } = await openChannel(bench);
    const written: string[] = [];
    for (let at = 0; at < 70; at++) {
      if (at % 3 === 0)
        written.push((await writeNews(deps, { title: `News ${at}`, text: "One.\n\nTwo." })).id);
      else await sell(`o${at}`, start, { licence: `L-${at}` });
      journey.pass(1 / 24);
    }
    for (const id of written.splice(3, 2)) await withdrawNews(deps, id);
    const { key } = await issuePartnerKey(deps, { partner: "north" });
    const read = async (address: string): Promise<Feed> =>
      (await journey.app.request(address, { headers: { authorization: `Bearer ${key}` } })).json() as never;
    const first = await read("/v1/partner/feed");
    expect(first.items).toHaveLength(50);
    const { pathname, search } = new URL(first.next_url ?? "");
    const rest = await read(pathname + search);
    expect(rest).not.toHaveProperty("next_url");
    const all = [...first.items, ...rest.items];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const news = all.filter(({ tags }) => tags.includes("news"));
    expect(news.map(({ id }) => id)).toEqual(written.toReversed());
    expect(news[0]).toMatchObject({ title: "News 69", content_text: "One.\n\nTwo." });
    expect(news.every((one) => !("_tallystick" in one))).toBe(true);
    expect(all).toHaveLength(70 - 2);
    const places = all.map(({ id }) => id.replace("nw_", ""));
    expect(places).toEqual(places.toSorted().toReversed());
  });
});
