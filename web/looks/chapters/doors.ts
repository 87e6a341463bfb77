// Coming in: the first run of an empty house, an invitation, signing in; the settings; and a house where nothing happened yet.
import { totp } from '../../../tests/system/harness/ids.ts';
import type { Chapter } from '../chapters.ts';
import type { Stage } from '../stage.ts';

// The line for a page names the house and its door.
const same = {
  'textarea[readonly]':
    '<script async src="https://kith.lamps.example/w/kith.js" data-inbox="0198c0de-7a11-7c3e-9b52-6d1f0a2b3c4d" data-unread></script>',
};

// What a newcomer sees first, in the language of the browser: a house with the sample in it, and one where nobody lives yet.
async function start_page(stage: Stage): Promise<void> {
  const page = await stage.page('/');
  await page.getByRole('link', { name: /Be a visitor/ }).waitFor();
  await stage.look('start_page', page);
}

async function start_page_new(stage: Stage): Promise<void> {
  const page = await stage.page('/', await stage.context({ locale: 'de-DE' }));
  await page.getByRole('heading', { name: 'Kith läuft.' }).waitFor();
  await stage.look('start_page_new', page);
}

async function first_run(stage: Stage): Promise<void> {
  const lost = await stage.page('/desk/');
  await lost.getByRole('heading', { name: 'This house is new' }).waitFor();
  await stage.look('new_house', lost);
  const key = /first-run#(\S+)/.exec(stage.house.said)?.[1] ?? '';
  const page = await stage.page(`/desk/first-run#${key}`);
  await page.getByRole('heading', { name: 'A house for your people' }).waitFor();
  await stage.look('first_run', page);
  await page.getByLabel('Who you are together').fill('Lamps of Lund');
  await page.getByLabel('Your name').fill('Robin Ek');
  await page.getByLabel('Email').fill('robin@lamps.example');
  await page.getByLabel('Password').fill('a lamp');
  await page.getByRole('button', { name: 'Open the house' }).click();
  await page.getByText('It needs at least ten characters').first().waitFor();
  await stage.look('first_run_wrong', page);
  await page.getByLabel('Password').fill('a lamp, a chair, a table');
  await page.getByRole('button', { name: 'Open the house' }).click();
  await page.getByRole('heading', { name: /Welcome home/ }).waitFor();
  await stage.look('welcome', page, { same });
  await stage.look('welcome_whole', page, { whole_page: true, same });
  await page.getByRole('link', { name: 'To the people' }).click();
  await page.getByText('Nobody has written yet.').first().waitFor();
  await stage.look('desk_nobody', page);
  await page.goto(`${stage.house.url}/desk/today`);
  await page.getByText('Nothing is promised').first().waitFor();
  await stage.look('desk_nothing_coming', page);
  await page.goto(`${stage.house.url}/desk/nowhere`);
  await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
  await stage.look('desk_lost', page);
  const robin = await stage.colleague('robin', page);
  const invited = await robin.invites('Amara');
  const guest = await stage.page(invited);
  await guest.getByRole('heading', { name: /Welcome to/ }).waitFor();
  await stage.look('join', guest);
}

async function sign_in(stage: Stage): Promise<void> {
  const page = await stage.page('/desk/');
  await page.getByLabel('Email').fill('mira@sample.kith.example');
  await page.getByLabel('Password').fill('not this one');
  await stage.look('sign_in', page);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('do not belong together').waitFor();
  await stage.look('sign_in_wrong', page);
  const desk = await stage.desk();
  const mira = await stage.colleague('mira', desk);
  const { secret } = await mira.ask<{ secret: string }>('POST', 'desk/me/second_factor');
  await mira.ask('PUT', 'desk/me/second_factor', { code: totp_at(stage, secret) });
  const again = await stage.desk('/desk/', 'mira');
  await again.getByRole('heading', { name: 'One more step' }).waitFor();
  await stage.look('second_factor', again);
}

// The house's own clock stands still, and so do the codes.
function totp_at({ now }: Stage, secret: string): string {
  return totp(secret, Math.floor(now.getTime() / 30_000) - Math.floor(Date.now() / 30_000));
}

async function settings(stage: Stage): Promise<void> {
  const desk = await stage.desk('/desk/settings');
  await desk.getByRole('heading').first().waitFor();
  await stage.look('settings', desk);
  for (const id of ['me', 'preferences', 'team', 'site', 'hours', 'data', 'programs']) {
    await desk.goto(`${stage.house.url}/desk/settings/${id}`);
    await desk.getByRole('main').getByRole('heading', { level: 2 }).first().waitFor();
    await stage.look(`settings_${id}`, desk, { same });
  }
}

export const doors: readonly Chapter[] = [
  { name: 'start_page', tell: start_page },
  { name: 'start_page_new', house: {}, tell: start_page_new },
  { name: 'first_run', house: {}, tell: first_run },
  { name: 'sign_in', tell: sign_in },
  { name: 'settings', tell: settings },
];
