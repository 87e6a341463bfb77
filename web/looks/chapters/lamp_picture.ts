import type { Page } from 'playwright';

// A drawing of a lamp, as somebody would photograph it.
export async function lamp_picture(page: Page): Promise<Buffer> {
  const url = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 320 });
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no pen');
    pen.fillStyle = '#e6d3bc';
    pen.fillRect(0, 0, 480, 320);
    pen.fillStyle = '#b98f68';
    pen.fillRect(0, 240, 480, 80);
    pen.fillStyle = '#f9f0dc';
    pen.beginPath();
    pen.moveTo(200, 70);
    pen.lineTo(280, 70);
    pen.lineTo(320, 160);
    pen.lineTo(160, 160);
    pen.fill();
    pen.fillStyle = '#6b4d33';
    pen.fillRect(234, 160, 12, 100);
    pen.fillRect(190, 256, 100, 10);
    return canvas.toDataURL('image/png');
  });
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
