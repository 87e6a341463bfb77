// What she said and heard is hers: as a file, on paper, and in her own voice.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { said } from '@kith/check/said';
import { journey } from '@kith/check/stage';
import type { PanelSide, Stage } from '@kith/check/stage';
import { answers, must } from '../../tests/system/harness/cast.ts';
import type { Line } from '../../tests/system/harness/cast.ts';
import { until } from '../../tests/system/harness/waiting.ts';

const first = 'My lamp <b>hums</b> & <script>window.owned = 1</script> flickers.';
const more = Array.from({ length: 230 }, (_, at) => `Thought ${at + 1} about it.`);

// Longer than what a device keeps: the beginning has to be fetched.
async function a_long_talk(stage: Stage): Promise<PanelSide> {
  const panel = await stage.hello();
  await panel.writes(first);
  const { colleague } = stage.home;
  let talk = '';
  await until('it is in the line', async () => {
    const line = must(await colleague.desk.get<Line>('/api/desk/line'));
    talk = line.waiting[0]?.conversation.id ?? '';
    return talk !== '';
  });
  for (const words of more) await answers(colleague, talk, words);
  await panel.sees(more.at(-1)!);
  await panel.page.reload();
  await panel.sees(more.at(-1)!);
  return panel;
}

journey('she saves the whole conversation as one page that needs nothing else', async (stage) => {
  const panel = await a_long_talk(stage);
  const coming = panel.page.waitForEvent('download');
  await panel.button(said.panel_more()).click();
  await panel.choose(said.panel_save());
  const download = await coming;
  assert.match(download.suggestedFilename(), /\.html$/);
  const path = await download.path();
  const source = await readFile(path, 'utf8');
  assert.doesNotMatch(source, /<script|<link|src=/i);
  const page = await stage.page();
  await page.setContent(source);
  const found = await page.locator('article').allInnerTexts();
  assert.equal(found.length, 1 + more.length);
  assert.match(found[0] ?? '', new RegExp(`^${said.panel_you()}`));
  assert.ok(found[0]?.includes(first), 'her words, letter by letter');
  more.forEach((words, at) => assert.ok(found[at + 1]?.includes(words)));
  assert.match(found[1] ?? '', /^Noor/);
  assert.equal(await page.evaluate(() => 'owned' in window), false);
});

journey('she prints the whole conversation, without the things one presses', async (stage) => {
  const panel = await a_long_talk(stage);
  await panel.page.evaluate(() => {
    window.print = () => void (document.body.dataset['printed'] = 'yes');
  });
  await panel.button(said.panel_more()).click();
  await panel.choose(said.panel_print());
  await panel.page.locator('body[data-printed]').waitFor();
  await panel.page.emulateMedia({ media: 'print' });
  assert.equal((await panel.words()).length, 1 + more.length);
  const look = await panel.page.evaluate(() => {
    const seen = (one: Element) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && one.clientHeight > 1;
    const cut = [...document.querySelectorAll<HTMLElement>('body, #app, main, [role=log]')].filter(
      (one) => getComputedStyle(one).overflowY !== 'visible' && one.scrollHeight > one.clientHeight + 1,
    );
    const controls = [...document.querySelectorAll('textarea, button')].filter(seen).map((one) => one.outerHTML.slice(0, 80));
    return { cut: cut.length, controls, words: [...document.querySelectorAll('article')].filter(seen).length };
  });
  assert.deepEqual(look, { cut: 0, controls: [], words: 1 + more.length });
});

journey('what she says into the microphone is heard on the desk', async (stage) => {
  const desk = await stage.desk();
  const panel = await stage.hello();
  await panel.button(said.ui_voice_say()).click();
  const timer = panel.at.getByRole('timer');
  await until('two seconds were said', async () => /0:0[2-9]/.test(await timer.innerText()));
  await panel.button(said.ui_voice_keep()).click();
  await panel.field.fill('Listen to it.');
  await panel.field.press('Enter');
  await desk.opens('Listen to it.');
  const player = desk.log.getByRole('group', { name: said.ui_voice_note() });
  await player.getByRole('button', { name: said.ui_play() }).waitFor();
  // The very sound arrives: a browser plays it, and it is as long as what was said.
  const source = await desk.log.locator('article').evaluate(async () => {
    const files = performance.getEntriesByType('resource').map((one) => one.name);
    return files.find((name) => name.includes('/content')) ?? '';
  });
  assert.match(source, /\/api\/attachments\//);
  const seconds = await desk.page.evaluate(async (url) => {
    const bytes = await (await fetch(url)).arrayBuffer();
    const sound = await new AudioContext().decodeAudioData(bytes);
    return sound.getChannelData(0).some((value) => Math.abs(value) > 0.01) ? sound.duration : 0;
  }, source);
  assert.ok(seconds > 1.5 && seconds < 30, `it lasts ${seconds} s`);
  await player.getByRole('button', { name: said.ui_play() }).click();
  await player.getByRole('button', { name: said.ui_pause() }).waitFor();
  // She hears herself, too.
  await panel.log.getByRole('group', { name: said.ui_voice_note() }).getByRole('button', { name: said.ui_play() }).waitFor();
});
