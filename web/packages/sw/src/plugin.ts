// Writes the service worker of an app beside its index.html, with the list of everything that was built inside.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { transformWithOxc } from 'vite';
import type { Plugin } from 'vite';

const worth_keeping = /\.(js|css|woff2|svg|png|webp|webmanifest)$/;

export function service_worker({ shell = '/desk/' }: { shell?: string } = {}): Plugin {
  const source = new URL('./worker.ts', import.meta.url);
  return {
    name: 'kith-service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const files = Object.keys(bundle)
          .filter((file) => file.startsWith('assets/') && worth_keeping.test(file))
          .map((file) => `/${file}`)
          .sort();
        const page = bundle['index.html'];
        const html = page?.type === 'asset' ? page.source : '';
        const code = await readFile(source, 'utf8');
        const version = createHash('sha256').update(files.join('\n')).update(html).update(code).digest('hex').slice(0, 12);
        const worker = await transformWithOxc(code, source.pathname, { sourcemap: false });
        const built = JSON.stringify({ version, shell, files });
        this.emitFile({
          type: 'asset',
          fileName: 'sw.js',
          source: `'use strict';\n(() => {\nconst built = ${built};\n${worker.code}})();\n`,
        });
      },
    },
  };
}
