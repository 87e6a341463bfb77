// Whatever somebody writes, sends or calls herself changes nothing but what is shown.
import assert from 'node:assert/strict';
import { page_complaints } from '@kith/check/axe_page';
import { said } from '@kith/check/said';
import { journey } from '@kith/check/stage';
import type { DeskSide, PanelSide } from '@kith/check/stage';
import { until } from '../../tests/system/harness/waiting.ts';

const scripts = [
  '<script>window.owned = 1</script>',
  '<img src=x onerror="window.owned = 1">',
  '<svg onload="window.owned = 1"><animate onbegin="window.owned = 1" attributeName="x" dur="1s"/></svg>',
  '[a link](javascript:window.owned=1) javascript:window.owned=1',
  '"><iframe srcdoc="<script>parent.owned = 1</script>"></iframe>',
  '{{constructor.constructor("window.owned = 1")()}} ${window.owned = 1}',
];
const rtl = 'invoice\u202Egnp.exe \u2067reversed\u2069 \u200Bnothing\u200B';
const zalgo = `Z${'\u0300\u0301\u0302\u0303'.repeat(60)}algo`;
const long = `begin ${'a very long story, '.repeat(2600)}`.slice(0, 49_990) + ' the end.';
const unbroken = 'x'.repeat(4000);

async function stands_upright(...sides: (PanelSide | DeskSide)[]): Promise<void> {
  for (const side of sides) {
    const found = await side.at.evaluate(() => ({
      owned: 'owned' in window,
      is_wide: document.documentElement.scrollWidth > innerWidth,
      dangerous: [
        ...document.querySelectorAll(
          'iframe, object, embed, script:not([src], [type="application/json"]), [onerror], [onload], a[href^="javascript:"]',
        ),
      ].length,
    }));
    assert.deepEqual(found, { owned: false, is_wide: false, dangerous: 0 });
    const field = await side.field.boundingBox();
    const size = side.page.viewportSize()!;
    assert.ok(field && field.x >= 0 && field.x + field.width <= size.width && field.y + field.height <= size.height, 'one can still write');
  }
}

journey('hostile words and names are only words and names', async (stage) => {
  const desk = await stage.desk();
  const panel = await stage.panel();
  await panel.writes(scripts[0]!);
  await panel.reads(scripts[0]!);
  await panel.button(said.panel_more()).click();
  await panel.choose(said.panel_about());
  await panel.at.getByLabel(said.panel_called()).fill(`<b onclick=alert(1)>${zalgo}</b> \u202Eevil ${'W'.repeat(40)}`.slice(0, 200));
  await panel.at.getByRole('button', { name: said.panel_keep() }).click();
  await panel.at.getByRole('dialog').getByRole('button', { name: said.ui_close() }).click();
  await desk.opens(scripts[0]!);
  for (const words of [...scripts.slice(1), rtl, zalgo, unbroken]) await panel.writes(words);
  await panel.reads(...scripts, 'invoice', 'algo', 'xxxx');
  await desk.reads(...scripts, 'invoice', 'algo', 'xxxx');
  await stands_upright(panel, desk);
  assert.deepEqual(await page_complaints(panel.at), []);
  assert.deepEqual(await page_complaints(desk.at), []);

  // And the other way round.
  await desk.writes(scripts.join('\n'));
  await panel.reads(...scripts, 'invoice', 'algo', 'xxxx', scripts[1]!);
  await stands_upright(panel, desk);
  await panel.writes('\u200B\u200D\u2060');
  await desk.reads(...scripts, 'invoice', 'algo', 'xxxx', scripts[1]!, '');
  await stands_upright(panel, desk);
});

journey('fifty thousand letters arrive whole, and nobody has to read them all', async (stage) => {
  const desk = await stage.desk();
  const panel = await stage.hello();
  await panel.writes(long);
  await panel.reads('begin a very long story');
  await desk.opens('begin a very long story');
  await desk.reads('begin a very long story');
  await stands_upright(panel, desk);
  await desk.page.getByRole('main').getByRole('button', { name: said.ui_show_all() }).click();
  await desk.sees(/the end\.$/);
  await stands_upright(panel, desk);
  await desk.writes('I have read all of it.');
  await panel.reads('begin', 'I have read all of it.');
});

journey('two hundred strange files are only files, and there is still room to write', async (stage) => {
  const desk = await stage.desk();
  const panel = await stage.hello();
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="parent.owned = 1"><script>parent.owned = 1</script></svg>';
  const names = [
    'picture.svg',
    'page.html',
    'photo\u202Egpj.exe',
    `${'n'.repeat(180)}.txt`,
    '../../etc/passwd',
    '<img src=x onerror=alert(1)>.png',
    ...Array.from({ length: 194 }, (_, at) => `part ${at + 1}.txt`),
  ];
  const chooser = panel.page.waitForEvent('filechooser');
  await panel.button(said.ui_attach()).click();
  await (
    await chooser
  ).setFiles(
    names.map((name) => ({ name: name.replaceAll('/', '_'), mimeType: 'application/octet-stream', buffer: Buffer.from(svg + name) })),
  );
  await panel.field.fill('All of it.');
  await panel.field.press('Enter');
  await desk.opens('All of it.');
  await until(
    'all files are there',
    async () =>
      (await desk.log
        .locator('article')
        .getByText(/part \d+\.txt/)
        .count()) === 194,
    120_000,
  );
  await panel.reads('All of it.');
  assert.equal(
    await panel.log
      .locator('article')
      .getByText(/part \d+\.txt/)
      .count(),
    194,
  );
  await stands_upright(panel, desk);
  assert.deepEqual(await page_complaints(desk.at), []);
  assert.deepEqual(await page_complaints(panel.at), []);
  // The house gives none of them out as something that runs.
  const links = await desk.log
    .locator('article a[href*="/content"]')
    .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
  assert.equal(links.length, names.length);
  for (const link of links.slice(0, 6)) {
    const answer = await desk.page.request.get(link);
    assert.equal(answer.status(), 200);
    assert.doesNotMatch(answer.headers()['content-type'] ?? '', /html|svg|javascript/);
    assert.equal(answer.headers()['x-content-type-options'], 'nosniff');
  }
  // On a small window, and after that, the two go on as ever.
  await panel.page.setViewportSize({ width: 320, height: 600 });
  await desk.writes('All of it has come.');
  await panel.reads('All of it.', 'All of it has come.');
  await stands_upright(panel, desk);
});
