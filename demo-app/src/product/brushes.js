// How each brush leaves paint. `spacing` is the step between two dabs, as a share of the size.
export const brushes = {
  pencil: { spacing: 0.25 },
  marker: { spacing: 0.12 },
  watercolour: { spacing: 0.16 },
  spray: { spacing: 0.3 },
  eraser: { spacing: 0.12 },
};

/** Leaves one dab of paint. */
export function dab(context, { brush, colour, size }, { x, y }, pressure, random = Math.random) {
  context.save();
  context.fillStyle = brush === "eraser" ? "#fdfaf2" : colour;
  if (brush === "spray") spray(context, x, y, size, random);
  else if (brush === "watercolour") wash(context, colour, x, y, size, random);
  else if (brush === "marker") slab(context, x, y, size);
  else disc(context, x, y, brush === "pencil" ? size * (0.12 + 0.2 * pressure) : size * 0.6);
  context.restore();
}

function disc(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, Math.max(0.6, radius), 0, Math.PI * 2);
  context.fill();
}

/** A slanted tip, a little transparent. */
function slab(context, x, y, size) {
  context.globalAlpha = 0.55;
  context.translate(x, y);
  context.rotate(-0.7);
  context.fillRect(-size * 0.5, -size * 0.17, size, size * 0.34);
}

/** Pale in the middle, darker where the water stops. */
function wash(context, colour, x, y, size, random) {
  const radius = size * (0.55 + random() * 0.25);
  const paint = context.createRadialGradient(x, y, radius * 0.2, x, y, radius);
  paint.addColorStop(0, `${colour}0c`);
  paint.addColorStop(0.82, `${colour}12`);
  paint.addColorStop(0.95, `${colour}1a`);
  paint.addColorStop(1, `${colour}00`);
  context.fillStyle = paint;
  disc(context, x + (random() - 0.5) * size * 0.2, y + (random() - 0.5) * size * 0.2, radius);
}

function spray(context, x, y, size, random) {
  context.globalAlpha = 0.7;
  for (let drop = 0; drop < size; drop++) {
    const angle = random() * Math.PI * 2;
    const away = random() ** 0.7 * size;
    disc(context, x + Math.cos(angle) * away, y + Math.sin(angle) * away, 0.5 + random() * 0.9);
  }
}
