// From nothing to a first real hello, an invited colleague, and the sample team that goes again.
import assert from 'node:assert/strict';
import { page_complaints } from '@kith/check/axe_page';
import { open_host_page } from '@kith/check/host_page';
import { said } from '@kith/check/said';
import { DeskSide, journey, website_at } from '@kith/check/stage';
import type { Page } from 'playwright';
import { until } from '../../tests/system/harness/waiting.ts';

const password = 'a lamp, a chair, a table';

async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
}

journey(
  'a newcomer opens a house, puts the line on a page, invites somebody and says hello to herself in two minutes',
  async (stage) => {
    const began = performance.now();
    const link = await stage.door('Make it yours');
    const page = await stage.page();
    await page.goto(link);
    await fill(page, { [said.desk_organisation()]: 'Lamps of Lund', [said.desk_called()]: 'Noor Lind' });
    await fill(page, { [said.desk_email()]: 'noor@lamps.example', [said.desk_password()]: password });
    assert.deepEqual(await page_complaints(page), []);
    await page.getByRole('button', { name: said.desk_first_run_open() }).click();
    await page.getByRole('heading', { name: said.desk_welcome({ name: 'Noor' }) }).waitFor();
    await page.getByLabel(said.desk_hello_line()).fill('I know every screw of these lamps.');

    const line = await page.getByLabel(said.desk_page_snippet()).inputValue();
    const shop = await open_host_page(stage.house.url, () => line);
    try {
      await page.getByLabel(said.desk_page_address()).fill(shop.origin);
      await page.getByRole('button', { name: said.desk_page_allow() }).click();
      await page.getByText(said.desk_page_allowed({ origin: shop.origin })).waitFor();
      const visitor = await website_at(await stage.page(), shop.origin);
      await page.getByText(said.desk_page_seen({ page: shop.origin })).waitFor();

      await page.getByLabel(said.desk_invite_called()).fill('Ines');
      await page.getByRole('button', { name: said.desk_invite_make() }).click();
      const invitation = await page.getByLabel(said.desk_invite_link()).inputValue();
      assert.ok(invitation.startsWith(`${stage.house.url}/desk/join#`));
      assert.deepEqual(await page_complaints(page), []);
      await page.getByRole('link', { name: said.desk_welcome_open() }).click();

      const desk = new DeskSide(page);
      await desk.sees(said.desk_list_nobody_yet());
      const panel = await visitor.opens();
      await panel.sees('I know every screw of these lamps.');
      await panel.writes('Hello myself!');
      await desk.opens('Hello myself!');
      await desk.writes('Hello, dear me.');
      await panel.reads('Hello myself!', 'Hello, dear me.');
      assert.ok(performance.now() - began < 120_000, 'it took less than two minutes');

      const ines = await stage.page();
      await ines.goto(invitation);
      await ines.getByRole('heading', { name: said.desk_join_title({ organisation: 'Lamps of Lund' }) }).waitFor();
      await ines.getByText(said.desk_join_words({ name: 'Noor Lind' })).waitFor();
      assert.equal(await ines.getByLabel(said.desk_called(), { exact: true }).inputValue(), 'Ines');
      await fill(ines, { [said.desk_email()]: 'ines@lamps.example', [said.desk_password()]: password });
      assert.deepEqual(await page_complaints(ines), []);
      await ines.getByRole('button', { name: said.desk_join() }).click();
      await ines.getByRole('link', { name: said.desk_welcome_open() }).click();
      const her_desk = new DeskSide(ines);
      await panel.writes('And who is the other one?');
      await her_desk.opens('And who is the other one?');
      await her_desk.writes('I am Ines, since a minute ago.');
      await panel.reads('Hello myself!', 'Hello, dear me.', 'And who is the other one?', 'I am Ines, since a minute ago.');
      await desk.reads('Hello myself!', 'Hello, dear me.', 'And who is the other one?', 'I am Ines, since a minute ago.');

      // The link worked once.
      const late = await stage.page();
      await late.goto(invitation);
      await late.getByText(said.desk_join_gone()).waitFor();
    } finally {
      await shop.close();
    }
  },
  { is_empty: true },
);

journey(
  'a newcomer has the conversation with herself in two windows of the sample, and lets it go with one click; what is real stays',
  async (stage) => {
    const began = performance.now();
    // Everything begins at the address that is printed, with nothing but what stands there to press.
    const page = await stage.page();
    await page.goto(stage.house.url);
    const shop = await page.context().newPage();
    await shop.goto(stage.house.url);
    await shop.getByRole('link', { name: /Be a visitor/ }).click();
    const panel = await (await website_at(shop)).opens();
    await panel.sees(said.panel_sample());
    await panel.writes('Hello, I am real.');

    await page.getByRole('link', { name: /Be the team/ }).click();
    await page.getByText(said.desk_sign_in_sample()).waitFor();
    await page.getByRole('button', { name: said.desk_sign_in() }).click();
    const mira = new DeskSide(page);
    await mira.opens('Hello, I am real.');
    await mira.writes('And I am Mira, who is invented.');
    await panel.reads('Hello, I am real.', 'And I am Mira, who is invented.');
    assert.ok(performance.now() - began < 120_000, 'it took less than two minutes');

    const noor = await stage.page();
    await noor.goto(await stage.door('Make it yours'));
    await fill(noor, { [said.desk_organisation()]: 'Lamps of Lund', [said.desk_called()]: 'Noor' });
    await fill(noor, { [said.desk_email()]: 'noor@lamps.example', [said.desk_password()]: password });
    await noor.getByRole('button', { name: said.desk_first_run_open() }).click();
    await noor.getByRole('link', { name: said.desk_welcome_open() }).click();
    await noor.getByRole('link', { name: said.desk_room_settings() }).click();
    await noor.getByRole('link', { name: said.desk_set_data() }).click();
    await noor.getByRole('button', { name: said.desk_data_sample_remove() }).click();
    await noor.getByRole('dialog').getByRole('button', { name: said.desk_data_sample_remove() }).click();
    await noor.getByText(said.desk_data_sample_gone()).first().waitFor();

    const desk = new DeskSide(noor);
    await noor.getByRole('link', { name: said.desk_room_people() }).first().click();
    await desk.button(said.desk_list_everyone()).click();
    await until('only the real one is left', async () => (await noor.getByRole('listitem').getByRole('link').count()) === 1, 50_000);
    await desk.opens('And I am Mira, who is invented.');
    await desk.reads('Hello, I am real.', 'And I am Mira, who is invented.');
    await desk.writes('Mira has left. I am Noor, and I am real, too.');
    await panel.reads('Hello, I am real.', 'And I am Mira, who is invented.', 'I am real, too');
    await page.getByRole('button', { name: said.desk_sign_in() }).waitFor();
    assert.equal((await shop.request.get(`${stage.house.url}/sample-shop`)).status(), 404, 'the invented shop is gone');
  },
  { is_empty: true, arguments: ['--sample'] },
);

journey(
  'the full page says who is there before anybody lives there',
  async (stage) => {
    const page = await stage.page();
    const answer = await page.goto(`${stage.house.url}/hello`);
    assert.match(answer?.headers()['content-type'] ?? '', /text\/html/);
    await page.getByRole('heading').first().waitFor();
    assert.deepEqual(await page_complaints(page), []);
    assert.doesNotMatch(await page.locator('body').innerText(), /[{}]/);
  },
  { is_empty: true },
);

journey('a browser that has never been here sees the door of the desk at once, whatever the house does meanwhile', async (stage) => {
  const page = await stage.page();
  await page.route('**/api/**', () => {}); // never answered
  await page.goto(`${stage.house.url}/desk/`);
  await page.getByRole('heading', { name: said.desk_sign_in_title() }).waitFor();
  assert.deepEqual(await page_complaints(page), []);
});

// The house names the question in a header and the desk asks it: should they differ, it would be asked twice.
journey('who waits is asked for once, and before the script of the desk is there', async (stage) => {
  const desk = await stage.desk(stage.home.colleague, '', { serviceWorkers: 'block' });
  await until('the desk has its first answers', async () =>
    desk.page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/api/desk/people'))),
  );
  const [line, script] = await desk.page.evaluate(() => {
    const all = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const those = (part: RegExp) =>
      all.filter(({ name }) => part.test(name)).map(({ startTime, responseEnd }) => ({ startTime, responseEnd }));
    return [those(/\/api\/desk\/line/), those(/\/assets\/(?:first|index)-[\w-]+\.js/)];
  });
  assert.equal(line?.length, 1);
  assert.ok(
    line[0]!.startTime < script![0]!.responseEnd,
    `asked at ${line[0]!.startTime} ms, the script came at ${script![0]!.responseEnd} ms`,
  );
});
