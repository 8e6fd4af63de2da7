import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Brand } from "../config/brand-config.ts";
import { appStyle } from "./app-style.ts";
import { copyScript } from "./copy-script.ts";

/** A file that pages name by what it holds: its address changes with it, so it may be kept for ever. */
export interface Asset {
  /** Begins with a slash. */
  path: string;
  mediaType: string;
  content: Uint8Array<ArrayBuffer>;
}

/** The files that a vendor's signed-in pages name. */
export interface BrandAssets {
  style: Asset;
  /** For comfort alone: no page needs it. */
  script: Asset;
  logo: Asset | undefined;
}

/** A logo is drawn 28 px high: more than this is no logo. */
export const logoBytesAtMost = 65_536;

const madeAssets = new WeakMap<Brand, BrandAssets>();

/**
 * The style file and the logo of a brand, made once.
 *
 * @throws {Error} for a logo that cannot be read, is too large, or is neither an SVG nor a PNG
 */
export function assetsOf(brand: Brand): BrandAssets {
  let assets = madeAssets.get(brand);
  if (assets === undefined) {
    const style = assetOf("css", "text/css; charset=utf-8", Buffer.from(appStyle(brand)));
    const script = assetOf("js", "text/javascript; charset=utf-8", Buffer.from(copyScript));
    assets = { style, script, logo: brand.logo === undefined ? undefined : readLogo(brand.logo) };
    madeAssets.set(brand, assets);
  }
  return assets;
}

function readLogo(file: string): Asset {
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch (cause) {
    throw new Error(`brand.logo: cannot read ${file}`, { cause });
  }
  if (content.length > logoBytesAtMost)
    throw new Error(`brand.logo: ${file} has more than ${logoBytesAtMost} bytes`);
  if (content.subarray(0, 8).equals(pngSignature)) return assetOf("png", "image/png", content);
  if (svgBeginning.test(content.toString("utf8"))) return assetOf("svg", "image/svg+xml", content);
  throw new Error(`brand.logo: ${file} is neither an SVG nor a PNG`);
}

/** A comment ends at its first end: else there were two ways to read each of many. */
const svgBeginning = /^\uFEFF?\s*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->)[\s\S])*-->\s*)*<svg\b/;
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function assetOf(extension: string, mediaType: string, content: Buffer): Asset {
  const hash = createHash("sha256").update(content).digest("base64url").slice(0, 16);
  return { path: `/assets/${hash}.${extension}`, mediaType, content: new Uint8Array(content) };
}
