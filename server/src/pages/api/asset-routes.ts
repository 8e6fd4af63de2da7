import type { Brand } from "../../config/brand-config.ts";
import type { App } from "../../http/app.ts";
import { route } from "../../http/route.ts";
import { type Asset, assetsOf } from "../assets.ts";

/** The files of the signed-in pages: the style, the script that copies, and the vendor's logo where it has one. */
export function addAssetRoutes(app: App, brand: Brand): void {
  const { style, script, logo } = assetsOf(brand);
  for (const [name, asset] of Object.entries({ style, script, logo })) {
    if (asset === undefined) continue;
    const declared = route({
      who: "anyone",
      operationId: `readAsset ${name}`,
      hide: true,
      method: "get",
      path: asset.path,
      responses: { 200: { description: "The file" } },
    });
    app.serve(declared, () => assetResponse(asset));
  }
}

function assetResponse({ content, mediaType }: Asset): Response {
  return new Response(content, {
    headers: {
      "content-type": mediaType,
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      // An SVG that is opened by itself is a document: it runs nothing and loads nothing.
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  });
}
