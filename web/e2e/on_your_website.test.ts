// The example of docs/embedding.md on a website of somebody else: it says who is signed in, opens the door and hears what happens.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { said } from '@kith/check/said';
import { journey, website_at } from '@kith/check/stage';
import type { Stage } from '@kith/check/stage';
import { must } from '../../tests/system/harness/cast.ts';
import type { Wire } from '../../tests/system/harness/cast.ts';
import { new_id } from '../../tests/system/harness/ids.ts';
import { until } from '../../tests/system/harness/waiting.ts';

const example = new URL('../../docs/examples/host_page.mjs', import.meta.url).pathname;
const issuer = 'https://shop.example';

interface Example {
  readonly url: string; // with somebody signed in
  stop(): void;
}

// As docs/embedding.md says: make a secret, run the example with it, allow its address.
async function run_example({ house, home }: Stage): Promise<Example> {
  const { inbox, leader } = home;
  const allow = async (origins: string[]) =>
    must(
      await leader.desk.put(`/api/desk/inboxes/${inbox}`, { kind: 'web', name: 'Shop', allowed_origins: origins, identity_issuer: issuer }),
    );
  await allow([]);
  const { secret } = must(
    await leader.desk.post<Wire['IdentitySecret']>(`/api/desk/inboxes/${inbox}/identity_secret`, { id: new_id() }),
    201,
  );
  const words = [example, house.url, issuer, inbox, '0'];
  const server = spawn(process.execPath, words, { env: { KITH_SECRET: secret }, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface(server.stdout);
  const line = await new Promise<string>((resolve) => lines.once('line', resolve));
  const url = /http\S+/.exec(line)?.[0] ?? '';
  await allow([new URL(url).origin]);
  return { url, stop: () => void server.kill() };
}

journey('a website says who is signed in, and the desk is sure who she is', async (stage) => {
  const website = await run_example(stage);
  try {
    const desk = await stage.desk();
    const { page, there, door } = await website_at(await stage.page(), website.url);
    const events = () => page.locator('#events li').allTextContents();
    // Nobody went near the face: the panel came by itself, and stays closed.
    await until('the panel is ready', async () => (await events()).includes('kith:ready'));
    await page.getByRole('button', { name: 'Write to us' }).click();
    const panel = await there();
    assert.deepEqual(await events(), ['kith:ready', 'kith:open']);
    await panel.writes('Is my lamp on its way?');
    await desk.opens('Is my lamp on its way?');
    await desk.sees('Ingrid');
    await desk.sees(said.desk_reach_host());
    for (const frame of page.frames()) assert.doesNotMatch(frame.url(), /eyJ/, 'the token stands in no address');

    // She goes on to another page; there the face says that she was answered.
    await page.reload();
    await desk.writes('It left this morning.');
    await until('the face tells it', async () => (await door.name()).startsWith(said.loader_written({ name: 'Noor' })));
    assert.ok((await events()).includes('kith:unread {"count":1}'));
    await door.press();
    await (await there()).reads('Is my lamp on its way?', 'It left this morning.');
    await until('nothing is unread', async () => (await events()).includes('kith:unread {"count":0}'));

    // Signed out, this device knows nothing of her; signed in elsewhere, she finds all of it.
    await page.getByRole('link', { name: 'Sign out' }).click();
    await page.waitForURL((url) => url.search === '');
    await page.getByRole('button', { name: 'Write to us' }).click();
    assert.deepEqual(await (await there()).words(), []);
    const elsewhere = await website_at(await stage.page(), website.url);
    await (await elsewhere.opens()).reads('Is my lamp on its way?', 'It left this morning.');
  } finally {
    website.stop();
  }
});
