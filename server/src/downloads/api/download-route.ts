import { z } from "@hono/zod-openapi";
import type { Handler } from "hono";
import { getMimeType } from "hono/utils/mime";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { type AppContext, type AppEnv, requestHeader } from "../../http/app-env.ts";
import { clientAddressOf } from "../../http/client-address.ts";
import type { Metrics } from "../../http/metrics.ts";
import { refusalResponse } from "../../http/problem.ts";
import { refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { productId } from "../../http/schemas.ts";
import { prefersHtml } from "../../pages/accept.ts";
import { speakKit } from "../../pages/app-page.ts";
import { cardFace } from "../../pages/card-face.ts";
import { messagePage } from "../../pages/message.ts";
import { pageResponse } from "../../pages/page.ts";
import { StampFileError } from "../../stamp/stamp-file-error.ts";
import type { Log } from "../../words/log.ts";
import { Refusal } from "../../words/refusal.ts";
import { readRange } from "../byte-range.ts";
import { createDownloads, type Download } from "../open-download.ts";
import { createPlaces } from "../open-places.ts";

const downloadParams = z.object({
  product: productId,
  partner: z.string().openapi({ example: "north-shop" }),
});
const downloadAnswers = {
  200: { description: "The file" },
  206: { description: "The range that was asked for" },
  304: { description: "Not changed" },
  416: { description: "The range begins behind the end" },
  ...refusals("product_unknown", "not_found", "busy"),
};

const unnamed = route({
  who: "anyone",
  operationId: "downloadInstaller",
  method: "get",
  path: "/d/{product}/{partner}",
  tags: ["Partners"],
  summary: "The installer, stamped for a partner",
  description:
    "The product's installer with the partner's token in it, its signature unbroken; HEAD, one range and conditions by ETag. An unknown partner gets the file unstamped.",
  request: { params: downloadParams },
  responses: downloadAnswers,
});

const named = route({
  who: "anyone",
  operationId: "downloadNamedInstaller",
  method: "get",
  path: `${unnamed.path}/{file}`,
  tags: ["Partners"],
  summary: "Another of the product's installers, stamped for a partner",
  description: "By its file name; otherwise as without one.",
  request: { params: downloadParams.extend({ file: z.string().openapi({ example: "paint-setup.msi" }) }) },
  responses: downloadAnswers,
});

/** The product's installers, each stamped for a partner. */
export function addDownloadRoutes(app: App, deps: Deps, metrics: Metrics): void {
  const download = answerDownload(deps, metrics);
  app.serve(unnamed, download);
  app.serve(named, download);
}

/**
 * Hands out a product's installer with the partner's stamp: GET and HEAD, one range, conditions by ETag (RFC 9110).
 * Bytes are read from the one master file as fast as the customer takes them.
 */
function answerDownload(deps: Deps, metrics: Metrics): Handler<AppEnv> {
  const openFile = createDownloads(deps);
  const take = createPlaces(deps.config.downloads);
  const addressOf = clientAddressOf(deps.config.listen.trustedProxies, deps.log);
  /** The place is given back with the file, however the download ends. */
  const open = async (c: AppContext, input: Parameters<typeof openFile>[0]): Promise<Download> => {
    const place = take(addressOf(c));
    try {
      const download = await openFile(input);
      return { ...download, close: () => download.close().finally(() => place.leave()) };
    } catch (error) {
      place.leave();
      throw error;
    }
  };
  return async (c) => {
    const begun = performance.now();
    const file = c.req.param("file");
    const { product = "", partner = "" } = c.req.param();
    const download = await open(c, { product, partner, ...(file === undefined ? {} : { file }) }).catch(
      (error) => refusalOf(error, deps.log),
    );
    if (download instanceof Refusal) {
      const response = await refuse(c, deps, download);
      metrics.requests(unnamed.path, response.status, (performance.now() - begun) / 1000);
      return response;
    }
    const response = await answerWith(download, c).catch(async (error) => {
      await download.close();
      throw error;
    });
    metrics.requests(unnamed.path, response.status, (performance.now() - begun) / 1000);
    return response;
  };
}

/** An installer that is not there, since it is just being replaced, is worth another try. */
function refusalOf(error: unknown, log: Log): Refusal {
  if (error instanceof Refusal) return error;
  if (!(error instanceof StampFileError)) throw error;
  log.error("server.failed", { route: "/d" }, error);
  return new Refusal("busy", "The file cannot be read just now. Please try again in a minute.");
}

/** People come here by a link on a page or on paper, so a browser gets a page. */
async function refuse(c: AppContext, { config }: Deps, refusal: Refusal): Promise<Response> {
  const problem = refusalResponse(refusal);
  if (!prefersHtml(requestHeader(c, "accept"))) return problem;
  const { parts, speech } = await cardFace(config.brand, c);
  const { say } = speech;
  const text =
    refusal.code === "busy"
      ? { title: say("download_later"), text: [(await speakKit([speech.tag])).say("failure_text")] }
      : { title: say("download_none"), text: [say("download_none_text"), say("download_none_next")] };
  return pageResponse(messagePage(config.brand, { ...parts, ...text }), problem.status, {
    vary: "accept, accept-language",
  });
}

async function answerWith(download: Download, c: AppContext): Promise<Response> {
  const { size, name } = download;
  const etag = `"${download.version}"`;
  const headers = new Headers({
    etag,
    "accept-ranges": "bytes",
    // Whoever keeps a copy asks first: a revoked partner's stamp, or an old release, must not go on being handed out.
    "cache-control": download.stamped ? "public, no-cache" : "no-store",
    "x-content-type-options": "nosniff",
  });
  if (matches(requestHeader(c, "if-none-match"), etag)) return bare(download, 304, headers);
  const condition = requestHeader(c, "if-range");
  const wanted = condition === undefined || condition === etag ? requestHeader(c, "range") : undefined;
  const range = readRange(wanted, size);
  if (range.code === "unsatisfiable") {
    headers.set("content-range", `bytes */${size}`);
    headers.set("content-length", "0");
    return bare(download, 416, headers);
  }
  const { start, end } = range.code === "part" ? range : { start: 0, end: size };
  headers.set("content-type", getMimeType(name) ?? "application/octet-stream");
  headers.set("content-disposition", attachment(name));
  headers.set("content-length", String(end - start));
  if (range.code === "part") headers.set("content-range", `bytes ${start}-${end - 1}/${size}`);
  const status = range.code === "part" ? 206 : 200;
  if (c.req.method === "HEAD") return bare(download, status, headers);
  return new Response(bodyOf(download, { start, end }), { status, headers });
}

async function bare(download: Download, status: number, headers: Headers): Promise<Response> {
  await download.close();
  return new Response(null, { status, headers });
}

/** Pulled by the connection, so a slow customer costs no memory; closed at the end and when the customer goes away. */
function bodyOf(download: Download, range: { start: number; end: number }): ReadableStream<Uint8Array> {
  const pieces = download.read(range);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await pieces.next();
          if (!done) return controller.enqueue(value);
          await download.close();
          controller.close();
        } catch (error) {
          await download.close();
          controller.error(error);
        }
      },
      cancel: () => download.close(),
    },
    { highWaterMark: 0 },
  );
}

/** If-None-Match is compared weakly (RFC 9110, 13.1.2): a proxy may have marked our tag as weak. */
const matches = (header: string | undefined, etag: string) =>
  header !== undefined &&
  (header.trim() === "*" || header.split(",").some((one) => one.trim().replace(/^W\//, "") === etag));

/** RFC 6266: the plain name for old clients, the encoded one for all others. */
function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
