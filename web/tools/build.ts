// npm run build [APP...]: builds every app whose sources changed into apps/NAME/dist, ready to be served or embedded.
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { build } from 'vite';
import { newest_change } from './changes.ts';
import { precompress } from './precompress.ts';
import { prepare } from './prepare.ts';

const shared = ['packages', 'vite.shared.ts', 'package-lock.json', 'tools/build.ts'];

function is_current(app: string): boolean {
  const mark = `apps/${app}/dist/built.json`;
  return existsSync(mark) && newest_change([...shared, `apps/${app}`]) < statSync(mark).mtimeMs;
}

prepare();
const wanted = process.argv.slice(2);
const apps = readdirSync('apps').filter((app) => existsSync(`apps/${app}/vite.config.ts`));
for (const app of wanted.length > 0 ? wanted : apps) {
  if (is_current(app)) continue;
  const began = new Date();
  await build({ root: `apps/${app}`, configFile: `apps/${app}/vite.config.ts`, logLevel: 'warn' });
  precompress(`apps/${app}/dist`);
  // What changed while it was building is built again next time.
  utimesSync(`apps/${app}/dist/built.json`, began, began);
  console.log(`web: built ${app} in ${((Date.now() - began.getTime()) / 1000).toFixed(1)} s`);
}
