import { type Bitmap2D, correction, generate } from "lean-qr";

/** White space around the code that readers need, in modules (ISO/IEC 18004). */
const quietModules = 4;

/**
 * A QR code as an SVG element, black on white whatever stands around it. At level M a sixth of it may be worn off.
 * `label` is what those hear who cannot see it, in plain letters.
 */
export function qrCodeSvg(text: string, label: string): string {
  const code = generate(text, { minCorrectionLevel: correction.M });
  const size = code.size + 2 * quietModules;
  const box = `${-quietModules} ${-quietModules} ${size} ${size}`;
  return `<svg class="qr" viewBox="${box}" role="img" aria-label="${label}" shape-rendering="crispEdges"><path fill="#fff" d="M-4-4h${size}v${size}h-${size}z"/><path stroke="#000" d="${runsOf(code)}"/></svg>`;
}

/** The dark modules as horizontal strokes of width 1: a third of what their outlines take. */
function runsOf(code: Bitmap2D): string {
  let path = "";
  for (let y = 0; y < code.size; y++) {
    let pen = 0;
    path += `M0 ${y}.5`;
    for (let x = 0; x < code.size; x++) {
      if (!code.get(x, y)) continue;
      const from = x;
      while (code.get(x + 1, y)) x++;
      path += `${from === pen ? "" : `m${from - pen} 0`}h${x + 1 - from}`;
      pen = x + 1;
    }
  }
  return path;
}
