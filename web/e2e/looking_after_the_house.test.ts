// Whoever looks after the house: who leads with her, who leaves, what is copied, whose story is taken along, and who may say who
// somebody is.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { page_complaints } from '@kith/check/axe_page';
import { open_host_page } from '@kith/check/host_page';
import { said } from '@kith/check/said';
import { DeskSide, journey, website_at } from '@kith/check/stage';
import type { Stage } from '@kith/check/stage';
import type { Locator } from 'playwright';
import { create_colleague, must, sign_in } from '../../tests/system/harness/cast.ts';
import type { Wire } from '../../tests/system/harness/cast.ts';
import { sign_jwt } from '../../tests/system/harness/ids.ts';
import { until } from '../../tests/system/harness/waiting.ts';
import { unzip } from '../../tests/system/harness/zip.ts';

/** The one who opened the house looks after it; nobody else does. */
async function a_keeper(stage: Stage): Promise<DeskSide> {
  const page = await stage.page();
  await page.goto(await stage.door('Make it yours'));
  const fill = (label: string, words: string) => page.getByLabel(label, { exact: true }).fill(words);
  await fill(said.desk_organisation(), 'Lamps of Lund');
  await fill(said.desk_called(), 'Ada');
  await fill(said.desk_email(), 'ada@lamps.example');
  await fill(said.desk_password(), 'a lamp, a chair, a table');
  await page.getByRole('button', { name: said.desk_first_run_open() }).click();
  await page.getByRole('heading', { name: said.desk_welcome({ name: 'Ada' }) }).waitFor();
  return new DeskSide(page);
}

async function goes_to(desk: DeskSide, page: string): Promise<void> {
  await desk.page.goto(`${new URL(desk.page.url()).origin}/desk/settings/${page}`);
  await desk.page.getByRole('main').waitFor();
}

const line_of = (desk: DeskSide, name: string): Locator => desk.page.getByRole('main').getByRole('listitem').filter({ hasText: name });
async function chooses(desk: DeskSide, name: string, what: string): Promise<void> {
  await desk.button(said.desk_role_change({ name })).click();
  await desk.choose(what);
}
/** The pages of the settings that are offered are these, and no other. */
async function is_offered(desk: DeskSide, wanted: readonly string[]): Promise<void> {
  const links = desk.page.getByRole('navigation', { name: said.desk_room_settings() }).getByRole('link');
  await links.last().waitFor();
  await until('the pages are there', async () => (await links.count()) === wanted.length).catch(() => {});
  assert.deepEqual(await links.allInnerTexts(), wanted);
}

journey(
  'a colleague is given what to look after, and it is taken from her again',
  async (stage) => {
    const ada = await a_keeper(stage);
    const ines = await stage.desk(await sign_in(stage.house, create_colleague(stage.house, 'Ines')), 'settings');
    const mine = [said.desk_set_me(), said.desk_set_likes()];
    await is_offered(ines, mine);
    // Nor does an address lead there that she was told by somebody.
    await goes_to(ines, 'team');
    await ines.page.getByRole('heading', { name: said.desk_set_me(), exact: true }).waitFor();

    await goes_to(ada, 'team');
    await chooses(ada, 'Ines', said.desk_role_leader_give());
    await line_of(ada, 'Ines').getByText(said.desk_role_leader(), { exact: true }).waitFor();
    assert.deepEqual(await page_complaints(ada.at), []);
    await goes_to(ines, 'team');
    await line_of(ines, 'Ada').waitFor();
    // She sees to the team, and makes nobody a leader; the house itself is not hers.
    const led = [...mine, said.desk_set_team(), said.desk_set_site(), said.desk_set_hours(), said.desk_set_data()];
    await is_offered(ines, led);
    await ines.button(said.desk_role_change({ name: 'Ada' })).click();
    assert.deepEqual(
      (await ines.page.getByRole('menuitem').allInnerTexts()).map((words) => words.trim()),
      [said.desk_role_goodbye()],
    );
    assert.deepEqual(await page_complaints(ines.at), []);

    await chooses(ada, 'Ines', said.desk_role_leader_end());
    await line_of(ada, 'Ines').getByText(said.desk_role_leader(), { exact: true }).waitFor({ state: 'detached' });
    await ines.page.reload();
    await ines.page.getByRole('heading', { name: said.desk_set_me(), exact: true }).waitFor();
    await is_offered(ines, mine);
  },
  { is_empty: true },
);

journey('who is said goodbye to stands outside at once; what she wrote stays under her name', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('Is the shop open?');
  const noor = await stage.desk();
  await noor.opens('Is the shop open?');
  await noor.writes('It is.');
  await panel.reads('Is the shop open?', 'It is.');
  const ines = await stage.desk(stage.home.leader, 'settings/team');
  // Nobody says goodbye to herself by a slip.
  await ines.button(said.desk_role_change({ name: 'Ines' })).click();
  assert.equal(await ines.page.getByRole('menuitem', { name: said.desk_role_goodbye() }).isDisabled(), true);
  await ines.page.keyboard.press('Escape');

  const sheet = ines.page.getByRole('dialog', { name: said.desk_role_goodbye_title({ name: 'Noor' }) });
  await chooses(ines, 'Noor', said.desk_role_goodbye());
  assert.deepEqual(await page_complaints(ines.at), []);
  await sheet.getByRole('button', { name: said.desk_role_stays({ name: 'Noor' }) }).click();
  await sheet.waitFor({ state: 'hidden' });
  assert.equal(await line_of(ines, 'Noor').count(), 1);
  await noor.writes('Until six.');
  await panel.reads('Is the shop open?', 'It is.', 'Until six.');

  await chooses(ines, 'Noor', said.desk_role_goodbye());
  await sheet.getByRole('button', { name: said.desk_role_goodbye() }).click();
  await line_of(ines, 'Noor').waitFor({ state: 'detached' });
  await noor.page.getByRole('heading', { name: said.desk_sign_in_title() }).waitFor();
  assert.equal(await noor.page.getByText('Is the shop open?').count(), 0);
  await noor.page.reload();
  await noor.page.getByRole('heading', { name: said.desk_sign_in_title() }).waitFor();
  await noor.page.getByLabel(said.desk_email(), { exact: true }).fill(stage.home.colleague.email);
  await noor.page.getByLabel(said.desk_password(), { exact: true }).fill('a lamp, a chair, a table');
  await noor.page.getByRole('button', { name: said.desk_sign_in() }).click();
  await noor.sees(said.desk_sign_in_wrong());
  await panel.reads('Is the shop open?', 'It is.', 'Until six.');
  assert.match((await panel.words())[1] ?? '', /Noor/);
});

journey('an invitation that is taken back opens nothing', async (stage) => {
  const ines = await stage.desk(stage.home.leader, 'settings/team');
  await ines.page.getByLabel(said.desk_invite_called()).fill('Ruth');
  await ines.button(said.desk_invite_make()).click();
  const link = await ines.page.getByLabel(said.desk_invite_link()).inputValue();
  const ruth = await stage.page();
  await ruth.goto(link);
  await ruth.getByLabel(said.desk_called(), { exact: true }).waitFor();
  await line_of(ines, 'Ruth').getByRole('button', { name: said.desk_set_withdraw() }).click();
  await line_of(ines, 'Ruth').waitFor({ state: 'detached' });
  await ines.page.getByRole('heading', { name: said.desk_set_invited() }).waitFor({ state: 'detached' });
  // Neither the form that stands open already nor the link leads in.
  await ruth.getByLabel(said.desk_email(), { exact: true }).fill('ruth@lamps.example');
  await ruth.getByLabel(said.desk_password(), { exact: true }).fill('a lamp, a chair, a table');
  await ruth.getByRole('button', { name: said.desk_join() }).click();
  await ruth.getByText(said.desk_join_gone()).waitFor();
  await ruth.goto('about:blank');
  await ruth.goto(link);
  await ruth.getByText(said.desk_join_gone()).waitFor();
  assert.deepEqual(await page_complaints(ruth), []);
});

journey(
  'a copy of the house is made, checked and listed; who only leads is not offered one',
  async (stage) => {
    const ada = await a_keeper(stage);
    await goes_to(ada, 'data');
    await ada.button(said.desk_data_backup_make()).click();
    await ada.sees(said.desk_data_backup_made());
    const name = (await ada.page.getByRole('main').getByRole('listitem').locator('bdi').first().innerText()).trim();
    assert.ok(existsSync(join(stage.house.data, 'backups', name)), `${name} is in the folder of the house`);
    assert.deepEqual(await page_complaints(ada.at), []);
    await ada.page.reload();
    await ada.sees(name);

    const ines = await stage.desk(await sign_in(stage.house, create_colleague(stage.house, 'Ines', true)), 'settings/data');
    await ines.page.getByRole('heading', { name: said.desk_data_story() }).waitFor();
    assert.equal(await ines.page.getByRole('heading', { name: said.desk_data_backups() }).count(), 0);
  },
  { is_empty: true },
);

journey('one person’s story is found by her name and taken along, with every word of it', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('My grandmother’s lamp & <b>mine</b> fell down.');
  const desk = await stage.desk(stage.home.leader);
  await desk.opens('grandmother');
  await desk.writes('Both can be mended.');
  await panel.reads('grandmother', 'Both can be mended.');
  await desk.button(said.desk_talk_acts()).click();
  await desk.choose(said.desk_about_title({ name: said.desk_nameless() }));
  await desk.page.getByRole('dialog').getByLabel(said.desk_about_called()).fill('Ingrid Lind');
  await desk.page.getByRole('dialog').getByRole('button', { name: said.desk_keep() }).click();
  await desk.page.getByRole('heading', { name: 'Ingrid Lind' }).first().waitFor();

  await goes_to(desk, 'data');
  await desk.page.getByRole('searchbox', { name: said.desk_data_whose() }).fill('nobody of this name');
  await desk.sees(said.ui_nothing_found());
  await desk.page.getByRole('searchbox', { name: said.desk_data_whose() }).fill('ingrid');
  await line_of(desk, 'Ingrid Lind').waitFor();
  assert.deepEqual(await page_complaints(desk.at), []);
  const coming = desk.page.waitForEvent('download');
  await line_of(desk, 'Ingrid Lind').getByRole('button', { name: said.desk_story_take() }).click();
  const download = await coming;
  assert.match(download.suggestedFilename(), /\.zip$/);
  const story =
    unzip(await readFile(await download.path()))
      .get('story.html')
      ?.toString() ?? '';
  const page = await stage.page();
  await page.setContent(story);
  await page.getByText('My grandmother’s lamp & <b>mine</b> fell down.').waitFor();
  await page.getByText('Both can be mended.').waitFor();
  await page.getByText('Ingrid Lind').first().waitFor();
});

journey('the secret that says who somebody is is shown once, and a new one ends the old one at once', async (stage) => {
  const { inbox } = stage.home;
  const desk = await stage.desk(stage.home.leader, 'settings/site');
  const issuer = 'https://shop.example';
  const secret = desk.page.getByLabel(said.desk_site_secret(), { exact: true });
  const make = async () => {
    await desk.page.getByLabel(said.desk_site_issuer()).fill(issuer);
    await desk.button(said.desk_site_secret_make()).click();
    await desk.sees(said.desk_site_secret_once());
    return secret.inputValue();
  };
  const token_with = (secret: string) =>
    sign_jwt({ iss: issuer, aud: inbox, sub: 'customer-77', exp: Math.floor(Date.now() / 1000) + 900, name: 'Ingrid' }, secret);
  const first = await make();
  assert.ok(first.length >= 32);
  assert.deepEqual(await page_complaints(desk.at), []);

  let token = token_with(first);
  const line = () => `<script async src="${stage.house.url}/w/kith.js" data-inbox="${inbox}" data-identity-token="${token}"></script>`;
  const shop = await open_host_page(stage.house.url, line);
  try {
    await desk.page.getByLabel(said.desk_page_address()).fill(shop.origin);
    await desk.button(said.desk_page_allow()).click();
    await desk.sees(shop.origin);
    const panel = await (await website_at(await stage.page(), shop.origin)).opens();
    await panel.writes('It is me, Ingrid.');
    const people = await stage.desk();
    await people.opens('It is me, Ingrid.');
    await people.page.getByRole('heading', { name: 'Ingrid' }).first().waitFor();

    await desk.page.reload();
    await desk.sees(said.desk_site_secret_again());
    assert.equal(await secret.count(), 0);
    assert.ok(!(await desk.page.content()).includes(first));
    const second = await make();
    assert.notEqual(second, first);
    // Another browser with the old token does not become her; with a new one it does.
    const before = await (await website_at(await stage.page(), shop.origin)).opens();
    await before.writes('Is this still me?');
    await before.sees('Is this still me?');
    assert.equal(await before.at.getByText('It is me, Ingrid.').count(), 0);
    token = token_with(second);
    const after = await (await website_at(await stage.page(), shop.origin)).opens();
    await after.reads('It is me, Ingrid.');
    await people.reads('It is me, Ingrid.');
    const answer = await stage.house.asker().post<Wire['Visit']>('/api/visitor/sessions', {
      inbox,
      identity_token: token_with(first),
    });
    assert.ok(answer.status === 400 || answer.status === 401 || answer.status === 403, String(answer.status));
  } finally {
    await shop.close();
  }
});

journey('a page shows the door while it is allowed to, and no longer', async (stage) => {
  const desk = await stage.desk(stage.home.leader, 'settings/site');
  const { inbox } = stage.home;
  const shop = await open_host_page(
    stage.house.url,
    () => `<script async src="${stage.house.url}/w/kith.js" data-inbox="${inbox}"></script>`,
  );
  try {
    const address = desk.page.getByLabel(said.desk_page_address());
    await desk.sees(said.desk_site_origins_none());
    await address.fill('lamps and shades');
    await desk.button(said.desk_page_allow()).click();
    await desk.sees(said.desk_page_address_wrong());
    await address.fill(`${shop.origin}/lamps?of=lund`);
    await desk.button(said.desk_page_allow()).click();
    const without = desk.button(said.desk_site_origin_without({ origin: shop.origin }));
    await without.waitFor();
    assert.equal(await address.inputValue(), '');
    const panel = await (await website_at(await stage.page(), shop.origin)).opens();
    await panel.writes('A house of lamps!');
    await panel.reads('A house of lamps!');

    const allowed = async () =>
      must(await stage.home.leader.desk.get<Wire['InboxList']>('/api/desk/inboxes')).inboxes[0]?.allowed_origins.join();
    await without.click();
    await desk.sees(said.desk_site_origin_gone({ origin: shop.origin }));
    await desk.sees(said.desk_site_origins_none());
    assert.equal(await allowed(), '');
    await desk.button(said.ui_undo()).click();
    await without.waitFor();
    await until('it is allowed again', async () => (await allowed()) === shop.origin);
    assert.deepEqual(await page_complaints(desk.at), []);
    await without.click();
    await desk.sees(said.desk_site_origins_none());
    // A browser shows nothing of the panel on it from now on.
    const late = await website_at(await stage.page(), shop.origin);
    await late.door.press();
    await until('the panel is kept out', () => late.page.frames().some((frame) => frame.url().startsWith('chrome-error:')));
    stage.forgive(/frame-ancestors/);
  } finally {
    await shop.close();
  }
});
