// A plain page as a shop might have it; its addresses are relative, because it is served at /sample-shop with /assets beside it.
import { defineConfig } from 'vite';
import { browsers } from '../../vite.shared.ts';

export default defineConfig({
  base: '/',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: browsers,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: 'built.json',
    // The loader belongs to the house, not to the shop: it stays where it is.
    rollupOptions: { external: ['/w/kith.js'] },
  },
  server: { strictPort: true, host: '127.0.0.1', port: 5176, open: false },
});
