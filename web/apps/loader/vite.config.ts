// One classic script without imports, at a name that never changes (host pages refer to it): dist/kith.js.
import type { Plugin } from 'vite';
import { defineConfig } from 'vite';
import { dark, light, shadows } from '../../packages/tokens/src/tokens.ts';
import { browsers } from '../../vite.shared.ts';

/** Puts the tokens that a style sheet uses, and no others, in front of it: the loader has no page of its own. */
function own_tokens(): Plugin {
  const all = (scheme: Record<string, string>, lifted: Record<string, string>) => ({ ...scheme, ...lifted });
  const schemes = { light: all(light, shadows.light), dark: all(dark, shadows.dark) };
  return {
    name: 'kith-own-tokens',
    enforce: 'pre',
    transform(css, id) {
      if (!id.includes('door.css')) return null;
      const used = new Set([...css.matchAll(/var\(--([a-z0-9-]+)\)/g)].map((found) => found[1] ?? ''));
      const written = (scheme: Record<string, string>) =>
        [...used]
          .filter((name) => scheme[name])
          .map((name) => `--${name}:${scheme[name]};`)
          .join('');
      return `:host{${written(schemes.light)}}@media (prefers-color-scheme:dark){:host{${written(schemes.dark)}}}${css}`;
    },
  };
}

export default defineConfig({
  plugins: [own_tokens()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: browsers,
    reportCompressedSize: false,
    manifest: 'built.json',
    lib: { entry: 'src/kith.ts', formats: ['iife'], name: 'kith_loader', fileName: () => 'kith.js' },
  },
});
