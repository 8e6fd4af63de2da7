import type { Brand } from "../config/brand-config.ts";
import { attributes, type Html, html, trusted } from "../pages/html.ts";
import type { Language } from "../pages/page.ts";
import { colourOnPaper } from "../pages/style.ts";

/** What a mail says, before it has a look. All of it is plain text. */
export interface Letter {
  subject: string;
  paragraphs: readonly string[];
  /** A code that is typed, in large type. */
  code?: string;
  /** Figures in a table, each with a note. */
  figures?: readonly { label: string; value: string; note?: string }[];
  /** The one thing to do, as a button. */
  action?: { label: string; url: string };
  /** In small type at the end. */
  small?: readonly string[];
  language: Language;
  /** How the reader ends this kind of mail (RFC 8058): it takes a POST, and a person who opens it. */
  unsubscribeUrl?: string;
  /** What that is called where it stands under the letter. */
  unsubscribeLabel?: string;
}

/** A letter as it is sent. */
export interface RenderedLetter {
  subject: string;
  text: string;
  html: string;
}

/** One line: what is put into a header or a title. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();

/** Renders a letter as text and as HTML, which say the same. */
export function renderLetter(letter: Letter, brand: Brand): RenderedLetter {
  const clean = { ...letter, subject: oneLine(letter.subject) };
  return { subject: clean.subject, text: textOf(clean, brand), html: String(htmlOf(clean, brand)) };
}

function textOf(letter: Letter, brand: Brand): string {
  const { paragraphs, code, figures = [], action, small = [], unsubscribeUrl, unsubscribeLabel } = letter;
  const blocks = [
    ...paragraphs,
    ...(code === undefined ? [] : [`    ${code}`]),
    ...(figures.length === 0 ? [] : [figures.map(figureLine).join("\n")]),
    ...(action === undefined ? [] : [`${action.label}:\n${action.url}`]),
    ...small,
    ...(unsubscribeUrl === undefined || unsubscribeLabel === undefined
      ? []
      : [`${unsubscribeLabel}:\n${unsubscribeUrl}`]),
    `-- \n${[brand.name, brand.supportAddress].filter(Boolean).join("\n")}`,
  ];
  return `${blocks.join("\n\n")}\n`;
}

const figureLine = ({ label, value, note }: { label: string; value: string; note?: string }): string =>
  `${label}: ${value}${note === undefined ? "" : ` (${note})`}`;

const ink = "color:#1d2126";
const soft = "color:#4d5560;font-size:14px";
const face =
  "font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:16px;line-height:1.55";

/** Mail readers take styles at the elements alone, so they stand there; the dark ones do as they like. */
function htmlOf(letter: Letter, brand: Brand): Html {
  const { subject, paragraphs, code, figures = [], action, small = [], language } = letter;
  const { unsubscribeUrl, unsubscribeLabel } = letter;
  const colour = colourOnPaper(brand);
  const rows = figures.map(
    ({
      label,
      value,
      note,
    }) => html`<tr><th scope="row" style="text-align:start;padding:6px 16px 6px 0;font-weight:400">${label}</th>
<td style="padding:6px 0;text-align:end;font-weight:600;white-space:nowrap">${value}</td></tr>
${note !== undefined && html`<tr><td colspan="2" style="padding:0 0 8px;${soft}">${note}</td></tr>`}`,
  );
  return html`<!doctype html>
<html${attributes({ lang: language.tag, dir: language.direction })}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${subject}</title></head>
<body style="margin:0;padding:24px;background:#f6f4ef">
<div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:12px;${ink};${trusted(face)}">
<p style="margin:0 0 20px;font-weight:600">${brand.name}</p>
${paragraphs.map((text) => html`<p style="margin:0 0 16px">${text}</p>\n`)}${
  code !== undefined &&
  html`<p style="margin:0 0 16px;font-size:28px;font-weight:600;letter-spacing:2px;direction:ltr;text-align:start">${code}</p>\n`
}${rows.length > 0 && html`<table style="width:100%;border-collapse:collapse;margin:0 0 16px">${rows}</table>\n`}${
  action !== undefined &&
  html`<p style="margin:0 0 16px"><a href="${action.url}" style="display:inline-block;padding:12px 20px;background:${colour};color:#ffffff;text-decoration:none;border-radius:8px;font-weight:600">${action.label}</a></p>
<p style="margin:0 0 16px;${soft};overflow-wrap:anywhere">${action.url}</p>\n`
}${small.map((text) => html`<p style="margin:0 0 8px;${soft}">${text}</p>\n`)}${
  unsubscribeUrl !== undefined &&
  unsubscribeLabel !== undefined &&
  html`<p style="margin:0 0 8px;${soft}"><a href="${unsubscribeUrl}" style="${soft}">${unsubscribeLabel}</a></p>\n`
}</div>
</body>
</html>
`;
}
