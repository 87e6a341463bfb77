// npm run dev: the panel at http://127.0.0.1:5173/panel/, the desk at http://127.0.0.1:5174/desk/ and the gallery of
// pieces at http://127.0.0.1:5175/, changing as files change. Requests to /api go to the house at KITH_HOUSE
// (http://127.0.0.1:8080).
import { existsSync } from 'node:fs';
import { createServer } from 'vite';
import { prepare } from './prepare.ts';

prepare();
const wanted = process.argv.slice(2);
const roots = ['apps/panel', 'apps/desk', 'packages/ui/gallery'].filter(
  (root) => existsSync(`${root}/vite.config.ts`) && (wanted.length === 0 || wanted.some((name) => root.endsWith(name))),
);
for (const root of roots) {
  const server = await createServer({ root, configFile: `${root}/vite.config.ts` });
  await server.listen();
  server.printUrls();
}
