// How every app is built: plain files with their hash in the name under assets/, nothing inlined (the content security
// policy of the house allows no inline script and no data: URLs), and no file that a browser of today does not need.
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import type { Plugin, UserConfig } from 'vite';

/** The browsers we build for: what people had in early 2024 and newer. */
export const browsers = ['chrome120', 'edge120', 'firefox121', 'safari17.2'];

/** The house that `npm run dev` speaks to. */
export const house = process.env['KITH_HOUSE'] ?? 'http://127.0.0.1:8080';

export function svelte_plugin() {
  return svelte({ configFile: false, preprocess: vitePreprocess({ script: false, style: false }) });
}

/** Pieces from outside carry style attributes, which the policy of the house refuses. Nothing of ours needs them. */
function without_style_attributes(): Plugin {
  return {
    name: 'kith-without-style-attributes',
    enforce: 'pre',
    transform: (code, id) => (/bits-ui\/.*\.svelte$/.test(id) ? code.replaceAll(/ style="[^"{]*"/g, '') : null),
  };
}

/** Fetches the two fonts that stand on every first screen together with the style sheet, not after it. */
function preload_fonts(): Plugin {
  const first = /(figtree|newsreader)-latin-wght-normal/;
  return {
    name: 'kith-preload-fonts',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, page) =>
        Object.keys(page.bundle ?? {})
          .filter((file) => first.test(file))
          .map((file) => ({
            tag: 'link',
            injectTo: 'head' as const,
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: true },
          })),
    },
  };
}

/** What a page needs at once comes as one script and one style sheet; everything fetched later is cut as it falls. */
function first_load_together(): { plugin: Plugin; belongs: (id: string) => boolean } {
  const first = new Set<string>();
  const plugin: Plugin = {
    name: 'kith-first-load-together',
    buildEnd() {
      const take = (id: string): void => {
        if (first.has(id)) return;
        first.add(id);
        this.getModuleInfo(id)?.importedIds.forEach(take);
      };
      for (const id of this.getModuleIds()) if (this.getModuleInfo(id)?.isEntry) take(id);
    },
  };
  // Messages fall where they are said: their index names them all.
  return { plugin, belongs: (id) => first.has(id) && !id.includes('/paraglide/messages/') };
}

/** A page with an index.html and Svelte inside. */
export function page_app(): UserConfig {
  const together = first_load_together();
  return {
    plugins: [without_style_attributes(), svelte_plugin(), preload_fonts(), together.plugin],
    base: '/',
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      target: browsers,
      assetsInlineLimit: 0,
      // Of what is fetched later only the style sheets are named ahead: the browser finds the scripts by itself, a breath later
      // and a few at a time, and thirty link elements at once would hold up a slow phone.
      modulePreload: {
        polyfill: false,
        resolveDependencies: (_file, needed, { hostType }) => (hostType === 'js' ? needed.filter((one) => one.endsWith('.css')) : needed),
      },
      reportCompressedSize: false,
      manifest: 'built.json',
      rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', test: together.belongs }] } } },
    },
    server: {
      strictPort: true,
      host: '127.0.0.1',
      open: false,
      proxy: {
        '/api': { target: house, ws: true, changeOrigin: false },
      },
    },
    appType: 'spa',
  };
}
