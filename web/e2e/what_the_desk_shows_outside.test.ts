// The desk beyond its page: how many wait on the tab and on the icon, what a browser needs to install it, and what it opens
// without a line.
import assert from 'node:assert/strict';
import { page_complaints } from '@kith/check/axe_page';
import { said } from '@kith/check/said';
import { journey } from '@kith/check/stage';
import type { DeskSide } from '@kith/check/stage';
import { until } from '../../tests/system/harness/waiting.ts';

const titled = (desk: DeskSide, title: string) =>
  until(`the tab is called "${title}"`, async () => (await desk.page.title()) === title, 50_000).catch(async (error: unknown) => {
    throw new Error(`${String(error)}; it is called "${await desk.page.title()}"`);
  });

// The icon of an app is the system's; what it is told is written down.
const write_down_badges = () => {
  const told: (number | 'none')[] = [];
  Object.assign(globalThis, { told });
  Object.assign(navigator, {
    setAppBadge: async (count: number) => void told.push(count),
    clearAppBadge: async () => void told.push('none'),
  });
};
const badge = (desk: DeskSide) => desk.page.evaluate(() => (globalThis as unknown as { told: unknown[] }).told.at(-1));

journey('how many wait unread stands on the tab and on the icon, and goes when they are read', async (stage) => {
  const [first, second] = [await stage.hello(), await stage.hello()];
  const desk = await stage.desk();
  await desk.page.addInitScript(write_down_badges);
  await desk.page.reload();
  await titled(desk, `${said.desk_room_people()} · kith`);
  await until('nothing stands on the icon', async () => (await badge(desk)) === 'none');
  await first.writes('The first lamp hums.');
  await titled(desk, `(1) ${said.desk_room_people()} · kith`);
  await first.writes('It hums a waltz.');
  await second.writes('The second lamp sings.');
  await titled(desk, `(2) ${said.desk_room_people()} · kith`);
  await until('two stand on the icon', async () => (await badge(desk)) === 2);

  await desk.opens('It hums a waltz.');
  await desk.reads('The first lamp hums.', 'It hums a waltz.');
  await titled(desk, `(1) ${said.desk_nameless()} · kith`);
  await until('one stands on the icon', async () => (await badge(desk)) === 1);
  await desk.opens('The second lamp sings.');
  await titled(desk, `${said.desk_nameless()} · kith`);
  await until('nothing stands on the icon', async () => (await badge(desk)) === 'none');
  // Another colleague has not read them.
  const other = await stage.desk(stage.home.leader);
  await titled(other, `(2) ${said.desk_room_people()} · kith`);
});

interface Manifest {
  id: string;
  name: string;
  start_url: string;
  scope: string;
  display: string;
  icons: { src: string; sizes: string; type: string; purpose: string }[];
}

journey('a browser finds all it needs to install the desk', async (stage) => {
  const { page } = await stage.desk();
  const address = await page.locator('link[rel=manifest]').getAttribute('href');
  const answer = await page.request.get(new URL(address ?? '', page.url()).href);
  assert.equal(answer.status(), 200);
  assert.match(answer.headers()['content-type'] ?? '', /^application\/manifest\+json/);
  const manifest = (await answer.json()) as Manifest;
  assert.equal(manifest.display, 'standalone');
  assert.ok(manifest.start_url.startsWith(manifest.scope), `${manifest.start_url} lies inside ${manifest.scope}`);
  assert.equal((await page.request.get(stage.house.url + manifest.start_url)).status(), 200);
  assert.deepEqual(new Set(manifest.icons.map(({ purpose }) => purpose)), new Set(['any', 'maskable']));
  for (const icon of manifest.icons) {
    const picture = await page.request.get(stage.house.url + icon.src);
    assert.equal(picture.headers()['content-type'], icon.type);
    const bytes = await picture.body();
    assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, icon.sizes, icon.src);
  }
  // And so the browser itself says. In a window that keeps nothing nothing is ever installed.
  const devtools = await page.context().newCDPSession(page);
  const { url, errors } = await devtools.send('Page.getAppManifest');
  assert.deepEqual({ url: new URL(url).pathname, errors }, { url: address, errors: [] });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  assert.deepEqual(
    installabilityErrors.map(({ errorId }) => errorId).filter((one) => one !== 'in-incognito'),
    [],
  );
});

journey('without a line the desk opens anew, with its people and with what was said', async (stage) => {
  const [first, second] = [await stage.hello(), await stage.hello()];
  await first.writes('The first lamp hums.');
  await second.writes('The second lamp sings.');
  const desk = await stage.desk();
  for (const words of ['The first lamp hums.', 'The second lamp sings.']) {
    await desk.opens(words);
    await desk.reads(words);
  }
  await desk.page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await desk.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await desk.page.goto('about:blank');

  await desk.context.setOffline(true);
  await desk.page.goto(`${stage.house.url}/desk/`);
  await desk.sees(said.desk_line_lost());
  for (const words of ['The first lamp hums.', 'The second lamp sings.', 'The first lamp hums.']) {
    await desk.opens(words);
    await desk.reads(words);
  }
  assert.deepEqual(await page_complaints(desk.at), []);
  // Rooms that nobody has been to are there, too.
  await desk.page.getByRole('link', { name: said.desk_room_today() }).click();
  await desk.page.getByRole('heading', { name: said.desk_coming_title() }).waitFor();
  await desk.page.getByRole('link', { name: said.desk_room_settings() }).click();
  await desk.page.getByRole('heading', { name: said.desk_set_me(), exact: true }).waitFor();
  await desk.page.goBack();
  await desk.page.goBack();
  await desk.reads('The first lamp hums.');

  await desk.context.setOffline(false);
  await first.writes('It hums a waltz.');
  await desk.reads('The first lamp hums.', 'It hums a waltz.');
  await desk.sees_no(said.desk_line_lost());
});
