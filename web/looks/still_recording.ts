// A recording that is never twice the same, held still for its picture: seven seconds of the same voice, in the colours of the
// page, so that day and night can both look at it.
import type { FrameLocator, Page } from 'playwright';

// Two words with a breath between them, loudest at 1.
const voice = Array.from({ length: 44 }, (_, at) => Math.abs(Math.sin(at / 7) * (0.55 + 0.45 * Math.sin(at * 2.4))));

export async function hold_recording(at: Page | FrameLocator): Promise<void> {
  await at.getByRole('timer').evaluate((timer) => {
    timer.textContent = '0:07';
  });
  await at
    .locator('.wave canvas')
    .first()
    .evaluate((canvas, voice) => {
      const add = (name: string, looks: Record<string, string | number>) => {
        const made = document.createElementNS('http://www.w3.org/2000/svg', name);
        for (const [look, value] of Object.entries(looks)) made.setAttribute(look, `${value}`);
        return made;
      };
      const viewBox = `0 0 ${voice.length} 28`;
      const wave = add('svg', { viewBox, width: '100%', height: 28, preserveAspectRatio: 'none', fill: 'currentColor' });
      voice.forEach((loud, x) => {
        const height = Math.max(2, 26 * loud);
        wave.append(add('rect', { x, y: (28 - height) / 2, width: 0.56, height, rx: 0.28 }));
      });
      canvas.replaceWith(wave);
    }, voice);
}
