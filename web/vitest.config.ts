// Tests of the packages. NAME.test.ts runs in Node; NAME.browser.test.ts and NAME.svelte.test.ts run in a real Chromium.
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { svelte_plugin } from './vite.shared.ts';

const in_browser = [
  'packages/*/{src,test}/**/*.browser.test.ts',
  'packages/*/{src,test}/**/*.svelte.test.ts',
  'apps/*/{src,test}/**/*.browser.test.ts',
];
const chromium = {
  executablePath: process.env['KITH_CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
  ],
};

export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        plugins: [svelte_plugin()],
        test: {
          name: 'node',
          environment: 'node',
          include: [
            'packages/*/{src,test}/**/*.test.ts',
            'apps/*/{src,test}/**/*.test.ts',
            'tools/*.test.ts',
            'looks/*.test.ts',
            'bench/*.test.ts',
          ],
          exclude: [...in_browser, '**/node_modules/**'],
        },
      },
      {
        plugins: [svelte_plugin()],
        optimizeDeps: {
          include: [
            'svelte',
            'vitest-browser-svelte',
            'bits-ui',
            'axe-core',
            'idb',
            'openapi-fetch',
            'valibot',
            'tinykeys',
            'qrcode-generator',
          ],
        },
        test: {
          name: 'chromium',
          testTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
          include: in_browser,
          setupFiles: ['packages/check/src/browser_setup.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            // Things stand where they belong at once, so that axe never looks at something on its way.
            provider: playwright({ launchOptions: chromium, contextOptions: { reducedMotion: 'reduce' } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
