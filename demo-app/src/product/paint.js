// The canvas: brushes, undo, painting by pointer and by keyboard. The picture stays in this browser.
import { brushes, dab } from "./brushes.js";
import { paintStarter } from "./starter.js";

const canvas = document.querySelector("#picture");
const pen = document.querySelector("#pen");
const context = canvas.getContext("2d", { willReadFrequently: true });
const storageKey = "acme-paint-picture";
const undoSteps = 20;
const history = [];

const chosen = (name) => document.querySelector(`input[name=${name}]:checked`).value;
const tool = () => ({
  brush: chosen("brush"),
  colour: chosen("colour"),
  size: Number(document.querySelector("#size").value),
});

function remember() {
  history.push(context.getImageData(0, 0, canvas.width, canvas.height));
  if (history.length > undoSteps) history.shift();
  document.querySelector("#undo").disabled = false;
}

function undo() {
  const before = history.pop();
  if (before) context.putImageData(before, 0, 0);
  document.querySelector("#undo").disabled = history.length === 0;
}

function clear() {
  remember();
  context.fillStyle = "#fdfaf2";
  context.fillRect(0, 0, canvas.width, canvas.height);
}

/** Draws from the last point to this one in steps that suit the brush. */
function strokeTo(stroke, to) {
  const { brush, size } = stroke.tool;
  const step = Math.max(1, size * brushes[brush].spacing);
  const [dx, dy] = [to.x - stroke.at.x, to.y - stroke.at.y];
  const steps = Math.floor(Math.hypot(dx, dy) / step);
  for (let index = 1; index <= steps; index++) {
    stroke.at = { x: stroke.at.x + dx / steps, y: stroke.at.y + dy / steps };
    dab(context, stroke.tool, stroke.at, to.pressure);
  }
}

function pointOf(event) {
  const box = canvas.getBoundingClientRect();
  return {
    x: ((event.clientX - box.left) / box.width) * canvas.width,
    y: ((event.clientY - box.top) / box.height) * canvas.height,
    pressure: event.pointerType === "pen" ? event.pressure : 0.6,
  };
}

let stroke;
canvas.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  canvas.setPointerCapture(event.pointerId);
  remember();
  stroke = { tool: tool(), at: pointOf(event) };
  dab(context, stroke.tool, stroke.at, stroke.at.pressure);
});
canvas.addEventListener("pointermove", (event) => {
  if (!stroke) return;
  const moves = event.getCoalescedEvents?.() ?? [event];
  for (const move of moves.length > 0 ? moves : [event]) strokeTo(stroke, pointOf(move));
});
for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (stroke = undefined));

// By keyboard: arrows move the brush, space puts it down and lifts it.
const cursor = { x: canvas.width / 2, y: canvas.height / 2, stroke: undefined };
const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function showPen() {
  pen.hidden = document.activeElement !== canvas || !canvas.matches(":focus-visible");
  pen.classList.toggle("down", cursor.stroke !== undefined);
  pen.style.left = `${(cursor.x / canvas.width) * 100}%`;
  pen.style.top = `${(cursor.y / canvas.height) * 100}%`;
}

canvas.addEventListener("keydown", (event) => {
  if (event.key === " ") {
    event.preventDefault();
    if (cursor.stroke) cursor.stroke = undefined;
    else {
      remember();
      cursor.stroke = { tool: tool(), at: { x: cursor.x, y: cursor.y } };
      dab(context, cursor.stroke.tool, cursor.stroke.at, 0.6);
    }
  }
  const move = moves[event.key];
  if (move) {
    event.preventDefault();
    const pace = event.shiftKey ? 4 : 16;
    cursor.x = Math.min(canvas.width, Math.max(0, cursor.x + move[0] * pace));
    cursor.y = Math.min(canvas.height, Math.max(0, cursor.y + move[1] * pace));
    if (cursor.stroke) strokeTo(cursor.stroke, { x: cursor.x, y: cursor.y, pressure: 0.6 });
  }
  showPen();
});
canvas.addEventListener("focus", showPen);
canvas.addEventListener("blur", () => {
  cursor.stroke = undefined;
  showPen();
});

document.querySelector("#undo").addEventListener("click", undo);
document.querySelector("#clear").addEventListener("click", clear);
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && !event.target.matches("input[type=text]"))
    undo();
});

function restore() {
  const stored = localStorage.getItem(storageKey);
  if (!stored) return paintStarter(context);
  const image = new Image();
  image.onload = () => context.drawImage(image, 0, 0);
  image.src = stored;
}

restore();
addEventListener("pagehide", () => {
  if (!keep("image/png")) keep("image/webp");
});

/** A rich picture may be too large as PNG. A browser that stores nothing loses it on leaving, and paints all the same. */
function keep(type) {
  try {
    localStorage.setItem(storageKey, canvas.toDataURL(type, 0.9));
    return true;
  } catch {
    return false;
  }
}
