import type { Component } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { axe_complaints } from '@kith/check/axe';
import '@kith/tokens/tokens.css';
import '@kith/tokens/base.css';
import { Problem, type Settings } from '@kith/wire';
import Hours from '../src/settings/Hours.svelte';
import QrCode from '../src/settings/QrCode.svelte';
import Sample from '../src/settings/Sample.svelte';
import SiteWords from '../src/settings/SiteWords.svelte';
import { fake_desk } from './fake_desk.svelte.ts';
import Within from './Within.svelte';

const any_piece = (piece: unknown) => piece as Component<Record<string, unknown>>;
const answer = (data: unknown) => Promise.resolve({ data, response: new Response() });
const settings = {
  organisation: 'Lamps of Lund',
  hello_line: 'Hello',
  hours: '',
  nobody_there_line: '',
  version: 3,
  opening: { time_zone: 'Europe/Stockholm', week: [{ day: 1, from: '09:00', until: '12:30' }], days_off: [] },
};

test('a day has several periods, and one that cannot be is said at once', async () => {
  const PUT = vi.fn((_path: string, _what: { body: { opening: { week: unknown[] } } }) => answer(settings));
  const { desk } = fake_desk({ settings, api: { GET: () => answer(settings), PUT } });
  await render(Within, { desk, piece: any_piece(Hours) });
  await page.getByRole('button', { name: 'More hours on Monday' }).click();
  const until = page.getByLabelText('Monday, until').nth(1);
  await until.fill('13:00');
  await expect.element(page.getByRole('alert')).toHaveTextContent('The end comes after the beginning.');
  await expect.element(page.getByRole('button', { name: 'Keep' })).toBeDisabled();
  await until.fill('18:00');
  expect(await axe_complaints(document.body)).toEqual([]);
  await page.getByRole('button', { name: 'Until Friday the same' }).click();
  await page.getByRole('button', { name: 'Keep' }).click();
  await vi.waitFor(() => expect(PUT).toHaveBeenCalledOnce());
  const [, what] = PUT.mock.calls[0]!;
  expect(what).toMatchObject({ params: { header: { 'If-Match': '"3"' } }, body: { organisation: 'Lamps of Lund', hello_line: 'Hello' } });
  expect(what.body.opening.week).toHaveLength(10);
  expect(what.body.opening.week.slice(0, 2)).toEqual([
    { day: 1, from: '09:00', until: '12:30' },
    { day: 1, from: '13:30', until: '18:00' },
  ]);
});

// A house where somebody else keeps something while the form stands open.
function shared_house(now: Settings) {
  const made = {
    now,
    GET: vi.fn(() => answer(made.now)),
    PUT: vi.fn((_path: string, what: { params: { header: { 'If-Match': string } }; body: Omit<Settings, 'version'> }) => {
      if (what.params.header['If-Match'] !== `"${made.now.version}"`) return Promise.reject(new Problem('conflict'));
      made.now = { ...made.now, ...what.body, version: made.now.version + 1 };
      return answer(made.now);
    }),
    changes: (what: Partial<Settings>) => (made.now = { ...made.now, ...what, version: made.now.version + 1 }),
  };
  return made;
}
const keep = () => page.getByRole('button', { name: 'Keep', exact: true });

test('a form waits for what the house says: an empty week is never there to be kept', async () => {
  const told = new SvelteMap<string, Settings>();
  const { desk } = fake_desk({ api: shared_house(settings) });
  Object.defineProperty(desk.house, 'settings', { get: () => told.get('settings') ?? null });
  await render(Within, { desk, piece: any_piece(Hours) });
  await expect.element(page.getByRole('status')).toBeVisible();
  expect(keep().elements()).toHaveLength(0);
  told.set('settings', settings);
  await expect.element(page.getByLabelText('Monday, from')).toHaveValue('09:00');
});

test('what a colleague changed besides stays, however long the form stood open', async () => {
  const api = shared_house(settings);
  const { desk } = fake_desk({ settings, api });
  await render(Within, { desk, piece: any_piece(Hours) });
  api.changes({ organisation: 'Lamps of Malmö', hours: 'Until nine on Fridays' });
  await page.getByLabelText('Monday, until').fill('14:00');
  await keep().click();
  await vi.waitFor(() => expect(api.now.version).toBe(5));
  expect(api.now).toMatchObject({ organisation: 'Lamps of Malmö', hours: 'Until nine on Fridays' });
  expect(api.now.opening.week).toEqual([{ day: 1, from: '09:00', until: '14:00' }]);
  await expect.element(page.getByRole('textbox', { name: 'In your words' })).toHaveValue('Until nine on Fridays');
});

test('where a colleague changed the same, nothing is overwritten and nothing that was typed is lost', async () => {
  const api = shared_house(settings);
  const { desk } = fake_desk({ settings, api });
  await render(Within, { desk, piece: any_piece(SiteWords) });
  const name = page.getByRole('textbox').first();
  await name.fill('Lamps by Mira');
  api.changes({ organisation: 'Lamps by Jonas' });
  await keep().click();
  await expect.element(page.getByText(/^Somebody changed this/)).toBeVisible();
  expect(api.now.organisation).toBe('Lamps by Jonas');
  await expect.element(name).toHaveValue('Lamps by Mira');
  expect(await axe_complaints(document.body)).toEqual([]);
  await page.getByRole('button', { name: 'Show theirs' }).click();
  await expect.element(name).toHaveValue('Lamps by Jonas');
  await page.getByRole('button', { name: 'Back to mine' }).click();
  await expect.element(name).toHaveValue('Lamps by Mira');
  api.changes({ organisation: 'Lamps by Amara' });
  await keep().click();
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await vi.waitFor(() => expect(api.now.organisation).toBe('Lamps by Mira'));
});

test('the invented people go only after an honest sentence', async () => {
  const POST = vi.fn(() => answer({ people: 9 }));
  const { desk } = fake_desk({ api: { POST } });
  await render(Within, { desk, piece: any_piece(Sample) });
  await page.getByRole('button', { name: 'Let them go' }).click();
  await expect.element(page.getByText(/we cannot bring them back/)).toBeVisible();
  expect(POST).not.toHaveBeenCalled();
  await page.getByRole('dialog').getByRole('button', { name: 'Let them go' }).click();
  await vi.waitFor(() => expect(POST).toHaveBeenCalledWith('/api/desk/sample/remove'));
});

test('the second key is drawn here: the three corners of its picture are where a camera looks for them', async () => {
  const { desk } = fake_desk();
  await render(Within, {
    desk,
    piece: any_piece(QrCode),
    given: { words: 'otpauth://totp/kith:mira?secret=JBSWY3DPEHPK3PXP', label: 'Scan this' },
  });
  const picture = page.getByRole('img', { name: 'Scan this' });
  const svg = picture.element() as SVGSVGElement;
  const side = svg.viewBox.baseVal.width;
  const dark = new Set((svg.querySelector('path')?.getAttribute('d') ?? '').match(/M\d+ \d+/g));
  const ring = Array.from({ length: 7 }, (_, at) => at);
  for (const [x, y] of [
    [4, 4],
    [side - 11, 4],
    [4, side - 11],
  ] as const)
    for (const at of ring) expect(dark).toContain(`M${x + at} ${y}`);
  expect(dark).not.toContain('M3 3');
});
