// Our CSS is logical (it works from right to left as well) and takes its colours from the tokens. Reads every .css and .svelte
// file of ours; says where a physical property, a colour by hand, or a static style attribute stands.
import { readFileSync } from 'node:fs';
import { files_in } from './files.ts';

const side = 'left|right|top|bottom';
const physical: readonly [RegExp, string][] = [
  [new RegExp(`^(margin|padding|border|scroll-margin|scroll-padding)-(${side})\\b`), 'the -inline-start, -block-start ... of it'],
  [new RegExp(`^(${side})$`), 'inset-inline-start, inset-block-start ...'],
  [/^border-(top|bottom)-(left|right)-radius$/, 'border-start-start-radius ...'],
  [/^(min-|max-)?(width|height)$/, 'inline-size, block-size'],
];
const physical_value = /^(float|clear|text-align|caption-side)$/;
const uneven = /^(margin|padding|inset|border-radius|border-width|border-color|border-style)$/;
const colour = /#[0-9a-f]{3,8}\b|\b(rgb|rgba|hsl|hsla|oklch|lab|color)\(/i;
// The sample shop is somebody else's page: it looks as it likes.
const where_colours_live = /packages\/tokens\/src\/|apps\/sample_shop\//;

type Found = { line: number; words: string };

function styles_of(path: string, text: string): { css: string; offset: number }[] {
  if (path.endsWith('.css')) return [{ css: text, offset: 0 }];
  return [...text.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map((found) => ({
    css: found[1] ?? '',
    offset: text.slice(0, found.index).split('\n').length - 1,
  }));
}

// Four values mean top, right, bottom, left: the second and the last must be the same, or it is not logical.
function is_uneven(value: string): boolean {
  const parts =
    value
      .split('/')[0]
      ?.trim()
      .match(/[^\s(]+(\([^)]*\))?/g) ?? [];
  return parts.length === 4 && parts[1] !== parts[3];
}

function complaint(property: string, value: string, path: string): string | null {
  const rule = physical.find(([pattern]) => pattern.test(property));
  if (rule) return `${property} is physical; say ${rule[1]}`;
  if (physical_value.test(property) && /\b(left|right)\b/.test(value)) return `${property}: ${value} is physical; say start or end`;
  if (uneven.test(property) && is_uneven(value)) return `${property} with four values is physical; say -inline and -block`;
  if (!where_colours_live.test(path) && colour.test(value)) return `a colour by hand in ${property}; take a variable of the tokens`;
  return null;
}

function look_at(path: string): Found[] {
  const text = readFileSync(path, 'utf8');
  const found: Found[] = [];
  for (const { css, offset } of styles_of(path, text)) {
    const bare = css.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
    for (const declaration of bare.matchAll(/(?<=[{;\s])([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])/g)) {
      const words = complaint(declaration[1] ?? '', (declaration[2] ?? '').trim(), path);
      const line = offset + bare.slice(0, declaration.index).split('\n').length;
      if (words) found.push({ line, words });
    }
  }
  if (path.endsWith('.svelte')) found.push(...static_styles(text));
  return found;
}

// The content security policy of the house takes a style attribute out of what a template is made of.
function static_styles(text: string): Found[] {
  const markup = text.replace(/<(script|style)[\s\S]*?<\/\1>/g, (part) => part.replace(/[^\n]/g, ' '));
  return [...markup.matchAll(/\sstyle=["'{]/g)].map((found) => ({
    line: markup.slice(0, found.index).split('\n').length,
    words: 'a style attribute; say style:--name={value}',
  }));
}

let complaints = 0;
const files = files_in(['packages', 'apps']).filter((path) => /\.(css|svelte)$/.test(path));
for (const path of files) {
  for (const { line, words } of look_at(path)) {
    console.log(`web/${path}:${line}: ${words}`);
    complaints += 1;
  }
}
console.log(`css: ${files.length} files, ${complaints} complaints`);
process.exit(complaints > 0 ? 1 : 0);
