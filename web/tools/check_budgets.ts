// What a browser fetches before a page can be used, against budgets.json: the document, its scripts and style sheets, packed
// with gzip. Fonts and pictures are told apart: pages are usable before they come.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budgets = JSON.parse(readFileSync('budgets.json', 'utf8')) as Record<string, { first_load: number; fonts?: number }>;
const packed = (path: string) => gzipSync(readFileSync(path), { level: 9 }).length;

// The scripts that a script names at its top are fetched with it.
function static_imports(script: string): string[] {
  return [...script.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)].map((found) => `assets/${found[1]}`);
}

function first_files(dist: string): string[] {
  if (!existsSync(`${dist}/index.html`)) return readdirSync(dist).filter((file) => file.endsWith('.js'));
  const named = [...readFileSync(`${dist}/index.html`, 'utf8').matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)];
  const seen = new Set(named.map((found) => found[1] ?? ''));
  for (const file of seen) {
    if (file.endsWith('.js')) static_imports(readFileSync(`${dist}/${file}`, 'utf8')).forEach((name) => seen.add(name));
  }
  return ['index.html', ...seen];
}

let failed = 0;
for (const [app, budget] of Object.entries(budgets)) {
  const dist = `apps/${app}/dist`;
  if (!existsSync(`${dist}/built.json`)) {
    console.log(`${app} is not built (make web)`);
    failed += 1;
    continue;
  }
  const files = first_files(dist);
  const size = files.reduce((sum, file) => sum + packed(`${dist}/${file}`), 0);
  const later = existsSync(`${dist}/assets`)
    ? readdirSync(`${dist}/assets`).filter((file) => /\.(js|css)$/.test(file) && !files.includes(`assets/${file}`))
    : [];
  const fits = size <= budget.first_load;
  if (!fits) failed += 1;
  console.log(
    `budget of ${app}: ${size} of ${budget.first_load} bytes in ${files.length} files, ${later.length} more when wanted${fits ? '' : '  TOO LARGE'}`,
  );
}
process.exit(failed > 0 ? 1 : 0);
