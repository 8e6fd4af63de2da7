// The picture a new user finds: an evening by the water, painted with the program's own brushes.
import { dab } from "./brushes.js";

/** The same picture every time: the numbers only look random. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Paints the evening. */
export function paintStarter(context) {
  const { width, height } = context.canvas;
  const random = seeded(11);
  const paper = context.createLinearGradient(0, 0, 0, height);
  paper.addColorStop(0, "#fbe9cf");
  paper.addColorStop(0.55, "#fdf4e3");
  paper.addColorStop(1, "#f3ead6");
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);

  const brush = (name, colour, size) => (x, y) =>
    dab(context, { brush: name, colour, size }, { x, y }, 0.6, random);
  const sweep = (paint, from, to, curve, step = 7) => {
    for (let x = from; x <= to; x += step) paint(x, curve(x) + (random() - 0.5) * 5);
  };
  const shore = height * 0.66;

  // Sky
  for (const [share, colour] of [
    [0.08, "#2c4a9e"],
    [0.2, "#3b7d8c"],
    [0.34, "#d8a12f"],
    [0.46, "#c8452c"],
    [0.55, "#c8452c"],
  ]) {
    const y = height * share;
    const wet = brush("watercolour", colour, 130);
    for (let dabs = 0; dabs < 170; dabs++) {
      const x = random() * (width + 120) - 60;
      wet(x, y + Math.sin(x / 150) * 16 + (random() + random() - 1) * 66);
    }
  }
  // Sun
  const sun = { x: width * 0.66, y: shore - 128 };
  context.fillStyle = "#f4c24f";
  context.beginPath();
  context.arc(sun.x, sun.y, 46, 0, Math.PI * 2);
  context.fill();
  for (let turn = 0; turn < 26; turn++)
    brush("watercolour", "#c8452c", 46)(sun.x + Math.cos(turn) * 16, sun.y + Math.sin(turn) * 16);

  // Hills, the far ones paler
  const hills = [
    { colour: "#8fa9b8", top: (x) => shore - 84 - Math.sin(x / 120 + 0.6) * 34 - Math.sin(x / 47) * 9 },
    { colour: "#5f8c86", top: (x) => shore - 46 - Math.sin(x / 150 + 2.1) * 30 - Math.sin(x / 39) * 6 },
    {
      colour: "#2f6b52",
      top: (x) => shore - 14 - Math.max(0, Math.sin(x / 170 + 3.9)) * 62 - Math.sin(x / 31) * 4,
    },
  ];
  for (const { colour, top } of hills) {
    context.fillStyle = colour;
    context.globalAlpha = 0.86;
    context.beginPath();
    context.moveTo(0, shore);
    for (let x = 0; x <= width; x += 6) context.lineTo(x, top(x));
    context.lineTo(width, shore);
    context.fill();
    context.globalAlpha = 1;
    sweep(brush("watercolour", "#26221c", 40), 0, width, (x) => Math.min(shore - 12, top(x) + 34), 12);
  }

  // Water, with the sun in it
  context.fillStyle = "#dbe6e4";
  context.fillRect(0, shore, width, height - shore);
  for (let row = 0; row < 9; row++) {
    sweep(
      brush("watercolour", row % 2 ? "#3b7d8c" : "#2c4a9e", 46),
      -20,
      width + 20,
      () => shore + 18 + row * 24,
      17,
    );
  }
  for (let row = 0; row < 15; row++) {
    const reach = 14 + row * 4.5 + random() * 22;
    const y = shore + 8 + row * 12;
    sweep(brush("marker", row % 3 ? "#f4c24f" : "#fdf4e3", 9), sun.x - reach, sun.x + reach, () => y, 5);
  }

  // A pine on the near shore
  const pine = (x, foot, tall) => {
    const ink = brush("pencil", "#1f3d33", 13);
    for (let y = foot; y > foot - tall; y -= 3) ink(x + (random() - 0.5) * 2, y);
    for (let level = 0; level < 9; level++) {
      const y = foot - tall + level * (tall / 10.5);
      const half = 7 + level * (tall / 34);
      sweep(brush("marker", "#1f4a3a", 15), x - half, x + half, (at) => y + Math.abs(at - x) * 0.32, 4);
    }
  };
  pine(width * 0.13, height * 0.86, 250);
  pine(width * 0.2, height * 0.9, 190);
  pine(width * 0.08, height * 0.92, 165);
  for (let layer = 0; layer < 4; layer++) {
    sweep(
      brush("marker", "#1f4a3a", 26),
      -20,
      width * (0.42 - layer * 0.07),
      (x) => height * 0.9 + layer * 16 + (x / width) * 84,
      6,
    );
  }
  sweep(brush("spray", "#d8a12f", 26), 10, width * 0.3, (x) => height * 0.94 + (x / width) * 40, 40);
}
