// Light Markdown as a tree of plain values; Words.svelte makes DOM nodes of it. What is not understood stays as it was written.
// Every pattern is bounded, so that no text, however hostile, takes long.

export type Inline =
  | { kind: 'text' | 'code'; text: string }
  | { kind: 'mention'; text: string }
  | { kind: 'bold' | 'italic' | 'gone'; inside: Inline[] }
  | { kind: 'link'; href: string; text: string };

export type Block =
  | { kind: 'paragraph' | 'quote'; inside: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'list'; ordered: boolean; start: number; items: Inline[][] };

type Rule = { pattern: RegExp; make: (found: RegExpExecArray, inner: (text: string) => Inline[]) => Inline | null };

const web_address = /^https?:\/\/[^\s/$.?#][^\s]*$/i;

/** An address that may be followed: the web, mail, phone. Nothing that runs. */
export function safe_address(address: string): string | null {
  if (/^(mailto|tel):[^\s]+$/i.test(address)) return address;
  return web_address.test(address) && URL.canParse(address) ? address : null;
}

// A full stop or a bracket at the end belongs to the sentence, unless the bracket was opened inside.
function without_sentence_end(address: string): string {
  const bare = address.replace(/[.,;:!?'"»”’]+$/u, '');
  if (bare.endsWith(')') && !bare.includes('(')) return without_sentence_end(bare.slice(0, -1));
  return bare;
}

const link = (href: string, text: string): Inline | null => (safe_address(href) ? { kind: 'link', href, text } : null);

const rules: readonly Rule[] = [
  { pattern: /`([^`\n]{1,400})`/y, make: (found) => ({ kind: 'code', text: found[1] ?? '' }) },
  { pattern: /\*\*(?=[^\s*])([^\n]{0,400}?\S)\*\*(?!\*)/y, make: (found, inner) => ({ kind: 'bold', inside: inner(found[1] ?? '') }) },
  { pattern: /~~(?=[^\s~])([^\n]{0,400}?\S)~~/y, make: (found, inner) => ({ kind: 'gone', inside: inner(found[1] ?? '') }) },
  {
    pattern: /\*(?=[^\s*])([^*\n]{0,400}?[^\s*])\*(?![\p{L}\p{N}*])/uy,
    make: (found, inner) => ({ kind: 'italic', inside: inner(found[1] ?? '') }),
  },
  {
    pattern: /_(?=[^\s_])([^_\n]{0,400}?[^\s_])_(?![\p{L}\p{N}_])/uy,
    make: (found, inner) => ({ kind: 'italic', inside: inner(found[1] ?? '') }),
  },
  { pattern: /\[([^[\]\n]{1,200})\]\((\S{1,2000}?)\)/y, make: (found) => link(found[2] ?? '', found[1] ?? '') },
  { pattern: /https?:\/\/[^\s<>]{1,2000}/iy, make: (found) => link(without_sentence_end(found[0]), without_sentence_end(found[0])) },
  { pattern: /www\.[^\s<>]{1,2000}/iy, make: (found) => link(`https://${without_sentence_end(found[0])}`, without_sentence_end(found[0])) },
  { pattern: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}/y, make: (found) => link(`mailto:${found[0]}`, found[0]) },
];

const deepest = 4;
// Where a rule could begin: everything else is passed over in one go.
const could_begin = /[`*~_[@]|https?:|www\.|[\w.+-]{1,64}@/gi;

function mention_at(text: string, at: number, names: readonly string[]): string | null {
  if (text[at] !== '@') return null;
  const fits = names.filter((name) => text.startsWith(name, at + 1) && !/[\p{L}\p{N}]/u.test(text[at + 1 + name.length] ?? ''));
  return fits.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

function length_of(node: Inline, found: RegExpExecArray): number {
  // An address gives the end of the sentence back.
  if (node.kind === 'link' && !found[0].startsWith('[')) return node.text.length;
  return found[0].length;
}

function match_at(text: string, at: number, depth: number, names: readonly string[]): { node: Inline; length: number } | null {
  const name = mention_at(text, at, names);
  if (name) return { node: { kind: 'mention', text: `@${name}` }, length: name.length + 1 };
  // Inside a word, * _ and addresses are just letters: snake_case, 2*3*4.
  const inside_word = /[\p{L}\p{N}]/u.test(text[at - 1] ?? '');
  for (const rule of rules) {
    rule.pattern.lastIndex = at;
    const found = rule.pattern.exec(text);
    if (!found || (inside_word && !found[0].startsWith('**'))) continue;
    const node = rule.make(found, (inner) => (depth < deepest ? inline(inner, names, depth + 1) : [{ kind: 'text', text: inner }]));
    if (node) return { node, length: length_of(node, found) };
  }
  return null;
}

/** One run of text. */
export function inline(text: string, names: readonly string[] = [], depth = 0): Inline[] {
  const nodes: Inline[] = [];
  let plain_from = 0;
  let at = 0;
  while (at < text.length) {
    could_begin.lastIndex = at;
    const next = could_begin.exec(text);
    if (!next) break;
    at = next.index;
    const matched = match_at(text, at, depth, names);
    if (!matched) {
      at += /^[\w.+-]/.test(next[0]) ? next[0].length : 1;
      continue;
    }
    if (at > plain_from) nodes.push({ kind: 'text', text: text.slice(plain_from, at) });
    nodes.push(matched.node);
    at += matched.length;
    plain_from = at;
  }
  if (plain_from < text.length) nodes.push({ kind: 'text', text: text.slice(plain_from) });
  return nodes;
}

const bullet = /^ {0,3}[-*•] +(?=\S)/;
const number = /^ {0,3}(\d{1,9})[.)] +(?=\S)/;
const quote = /^ {0,3}> ?/;
const fence = /^ {0,3}```/;

type Line = { kind: 'bullet' | 'number' | 'quote' | 'fence' | 'text'; text: string };

function line_of(raw: string): Line {
  if (fence.test(raw)) return { kind: 'fence', text: raw };
  if (bullet.test(raw)) return { kind: 'bullet', text: raw.replace(bullet, '') };
  if (number.test(raw)) return { kind: 'number', text: raw.replace(number, '') };
  if (quote.test(raw)) return { kind: 'quote', text: raw.replace(quote, '') };
  return { kind: 'text', text: raw };
}

// The lines from `from` on that are of one kind; for code, up to the closing fence.
function run_end(lines: readonly Line[], from: number): number {
  const kind = lines[from]?.kind;
  if (kind === 'fence') {
    const closing = lines.findIndex((line, at) => at > from && line.kind === 'fence');
    return closing < 0 ? from + 1 : closing + 1;
  }
  let end = from + 1;
  while (end < lines.length && lines[end]?.kind === kind) end += 1;
  return end;
}

function block_of(lines: readonly Line[], raw: readonly string[], names: readonly string[]): Block | null {
  const first = lines[0];
  if (!first) return null;
  if (first.kind === 'fence' && lines.length > 1) return { kind: 'code', text: raw.slice(1, -1).join('\n') };
  if (first.kind === 'bullet' || first.kind === 'number') {
    const start = Number(number.exec(raw[0] ?? '')?.[1] ?? 1);
    return { kind: 'list', ordered: first.kind === 'number', start, items: lines.map((line) => inline(line.text, names)) };
  }
  const text = lines.map((line) => line.text).join('\n');
  const trimmed = text.replace(/^\n+|\s+$/g, '');
  if (trimmed === '') return null;
  return { kind: first.kind === 'quote' ? 'quote' : 'paragraph', inside: inline(trimmed, names) };
}

/** A whole message. */
export function blocks(text: string, names: readonly string[] = []): Block[] {
  const raw = text.replace(/\r\n?/g, '\n').split('\n');
  const lines = raw.map(line_of);
  const found: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const end = run_end(lines, at);
    const block = block_of(lines.slice(at, end), raw.slice(at, end), names);
    if (block) found.push(block);
    at = end;
  }
  return found;
}

/** The same without its marks, on one line: for a row in a list. */
export function plain_words(text: string): string {
  const flat = (nodes: readonly Inline[]): string => nodes.map((node) => ('inside' in node ? flat(node.inside) : node.text)).join('');
  const of = (block: Block) => {
    if (block.kind === 'code') return block.text;
    return block.kind === 'list' ? block.items.map(flat).join(', ') : flat(block.inside);
  };
  return blocks(text.slice(0, 1000)).map(of).join(' ').replace(/\s+/g, ' ').trim();
}
