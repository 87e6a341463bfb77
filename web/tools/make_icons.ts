// Writes packages/ui/src/icons.ts and a file for each icon named in packages/ui/icons.json, out of @phosphor-icons/core, as the
// path it is drawn with. One file each, so that an app carries only those it imports, and carries them where it uses them.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { newest_change } from './changes.ts';

const out = 'packages/ui/src/icons.ts';
const list = 'packages/ui/icons.json';
const folder = 'packages/ui/src/icons';
const assets = 'node_modules/@phosphor-icons/core/assets';

// "phone", or "coffee:fill" for another weight.
function path_of(icon: string): string {
  const [name, weight = 'regular'] = icon.split(':');
  const file = `${assets}/${weight}/${name}${weight === 'regular' ? '' : `-${weight}`}.svg`;
  const paths = [...readFileSync(file, 'utf8').matchAll(/<path d="([^"]+)"/g)].map((found) => found[1]);
  if (paths.length === 0) throw new Error(`${file} is not drawn with paths`);
  return paths.join('');
}

if (!existsSync(out) || newest_change([list, 'package-lock.json', 'tools/make_icons.ts']) >= statSync(out).mtimeMs) {
  const icons = JSON.parse(readFileSync(list, 'utf8')) as Record<string, string>;
  const written = '// Written from icons.json by tools/make_icons.ts. auto-generated\n';
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, icon] of Object.entries(icons)) writeFileSync(`${folder}/${name}.ts`, `${written}export default '${path_of(icon)}';\n`);
  const lines = Object.keys(icons).map((name) => `export { default as ${name} } from './icons/${name}.ts';`);
  writeFileSync(out, `${written}${lines.join('\n')}\n`);
}
