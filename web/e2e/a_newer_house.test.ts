// The house is updated while people write: parts that an open page fetches later are no more, and not a word is lost.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { said } from '@kith/check/said';
import { journey, type Stage } from '@kith/check/stage';
import { until } from '../../tests/system/harness/waiting.ts';

const built = new URL('../apps/', import.meta.url).pathname;
const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

type Rename = (hash: string) => string;
const turned: Rename = (hash) => [...hash].reverse().join('');
const moved: Rename = (hash) => hash.slice(3) + hash.slice(0, 3);

// What was built, in a folder of its own, so that it can be replaced by something newer. Under other names than it was built
// with: the binary carries those itself, and would answer with them when the folder has them no more.
function a_copy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kith-newer-'));
  folders.push(folder);
  for (const app of ['desk', 'loader', 'panel']) cpSync(join(built, app, 'dist'), join(folder, 'apps', app, 'dist'), { recursive: true });
  rename_all(folder, moved);
  return folder;
}

// The same program as its next version would be: every hash in a name is another one, and nothing keeps its old name.
const make_newer = (web: string) => rename_all(web, turned);

function rename_all(web: string, rename: Rename): void {
  for (const app of ['desk', 'panel']) {
    const dist = join(web, 'apps', app, 'dist');
    const names = readdirSync(join(dist, 'assets')).filter((name) => /\.(js|css)$/.test(name));
    const newer = new Map(
      names.map((name) => [name, name.replace(/-([\w-]{8})\.(js|css)$/, (_, hash: string, kind) => `-${rename(hash)}.${kind}`)]),
    );
    for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(js|css|html|json)$/.test(file)) {
        if (/\.(br|gz)$/.test(file)) rmSync(join(dist, file));
        continue;
      }
      let text = readFileSync(join(dist, file), 'utf8');
      for (const [before, now] of newer) text = text.replaceAll(before, now);
      writeFileSync(join(dist, file), text);
    }
    for (const [before, now] of newer) renameSync(join(dist, 'assets', before), join(dist, 'assets', now));
  }
}

// Complaints of the pages about what they could not load are what these journeys are about.
const missing = /dynamically imported module|Refused to apply style|Unable to preload CSS|Importing a module script failed/;

// A panel fetches what it may need as soon as a conversation has begun; here a part of it did not come in time.
const not_at_hand = /\/assets\/About-[\w-]+\.js/;

const for_calm = a_copy();
journey(
  'a panel that has everything at hand goes on as it is when the house was updated',
  async (stage) => {
    const desk = await stage.desk();
    const panel = await stage.panel();
    await panel.writes('Before the update.');
    await desk.opens('Before the update.');
    await panel.page.waitForLoadState('networkidle');
    make_newer(for_calm);
    await panel.field.fill('Half a sentence');
    await panel.button(said.panel_more()).click();
    await panel.choose(said.panel_about());
    await panel.at.getByRole('heading', { name: said.panel_notes() }).waitFor();
    await panel.at.getByRole('dialog').getByRole('button', { name: said.ui_close() }).click();
    await panel.button(said.ui_emoji()).click();
    await panel.at.getByRole('button', { name: '🙂' }).first().click();
    await panel.field.press('Enter');
    await desk.reads('Before the update.', 'Half a sentence');
  },
  { environment: { KITH_WEB: for_calm } },
);

// Her panel opened before the update and missed a part; the newer one that takes its place. Her half sentence is in it.
async function goes_on_in_a_newer_panel(stage: Stage, web: string, how: { keeps_nothing?: boolean }) {
  const desk = await stage.desk();
  const website = await stage.website(how);
  await website.page.route(not_at_hand, (route) => route.abort());
  const panel = await website.opens();
  await panel.writes('Before the update.');
  await desk.opens('Before the update.');
  await panel.field.fill('Half a sentence');
  const born = () => panel.at.evaluate(() => performance.timeOrigin);
  const before = await born();
  make_newer(web);
  await panel.at.waitForFunction(() => performance.now() > 10_500);
  await website.page.unroute(not_at_hand);
  // It may have noticed by itself meanwhile, by the part that did not come.
  if ((await born()) === before) {
    await panel.button(said.panel_more()).click();
    await panel.choose(said.panel_about());
  }
  await until('the newer panel is there', async () => (await born().catch(() => before)) !== before, 50_000);
  await panel.field.waitFor();
  await panel.reads('Before the update.');
  assert.equal(await panel.field.inputValue(), 'Half a sentence');
  stage.forgive(missing);
  return { desk, panel };
}

const for_panel = a_copy();
journey(
  'a panel that was open while the house was updated keeps her words and goes on',
  async (stage) => {
    const { desk, panel } = await goes_on_in_a_newer_panel(stage, for_panel, {});
    await panel.button(said.panel_more()).click();
    await panel.choose(said.panel_about());
    await panel.at.getByRole('heading', { name: said.panel_notes() }).waitFor();
    await panel.at.getByRole('dialog').getByRole('button', { name: said.ui_close() }).click();
    await panel.field.press('Enter');
    await desk.reads('Before the update.', 'Half a sentence');
  },
  { environment: { KITH_WEB: for_panel } },
);

const for_strict = a_copy();
journey(
  'so does a panel in a browser that keeps nothing: she stays who she is',
  async (stage) => {
    const { desk, panel } = await goes_on_in_a_newer_panel(stage, for_strict, { keeps_nothing: true });
    await panel.field.press('Enter');
    await desk.reads('Before the update.', 'Half a sentence');
  },
  { environment: { KITH_WEB: for_strict } },
);

const for_desk = a_copy();
journey(
  'a newer desk comes while a colleague writes; her draft is there in the newer one',
  async (stage) => {
    const panel = await stage.hello();
    await panel.writes('Is Moln washable?');
    const desk = await stage.desk();
    await desk.opens('Is Moln washable?');
    await desk.page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
    await desk.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await desk.field.fill('With a soft brush, and');
    make_newer(for_desk);
    await desk.page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => found?.update()));
    await desk.sees(said.desk_newer());
    await desk.field.pressSequentially(' with patience');
    const before = await desk.page.evaluate(() => performance.timeOrigin);
    await desk.button(said.desk_newer_take()).click();
    await until(
      'the newer desk is there',
      async () => (await desk.page.evaluate(() => performance.timeOrigin).catch(() => before)) !== before,
      50_000,
    );
    await desk.field.waitFor();
    assert.equal(await desk.field.inputValue(), 'With a soft brush, and with patience');
    await desk.field.press('Enter');
    await panel.reads('Is Moln washable?', 'With a soft brush, and with patience');
    await desk.page.getByRole('link', { name: said.desk_room_team() }).click();
    await desk.page.getByRole('heading', { name: said.desk_team_title() }).waitFor();
  },
  { environment: { KITH_WEB: for_desk } },
);

const for_plain = a_copy();
journey(
  'a desk without a service worker notices, too, as soon as a room is missing',
  async (stage) => {
    const panel = await stage.hello();
    await panel.writes('Is Moln washable?');
    const desk = await stage.desk(stage.home.colleague, '', { serviceWorkers: 'block' });
    await desk.opens('Is Moln washable?');
    await desk.field.fill('With a soft brush');
    make_newer(for_plain);
    await desk.page.waitForFunction(() => performance.now() > 10_500);
    await desk.page.getByRole('link', { name: said.desk_room_team() }).click();
    await desk.page.getByRole('heading', { name: said.desk_team_title() }).waitFor();
    await desk.page.goBack();
    await desk.field.waitFor();
    assert.equal(await desk.field.inputValue(), 'With a soft brush');
    stage.forgive(missing);
  },
  { environment: { KITH_WEB: for_plain } },
);
