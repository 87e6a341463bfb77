// Small windows, a keyboard alone, and no scripts at all: everybody comes through the same door.
import assert from 'node:assert/strict';
import { page_complaints } from '@kith/check/axe_page';
import { said } from '@kith/check/said';
import { journey } from '@kith/check/stage';
import type { Frame, Page } from 'playwright';
import { until } from '../../tests/system/harness/waiting.ts';

// Nothing sticks out to the side, and what one would press is large enough for a thumb.
async function fits(at: Page | Frame): Promise<void> {
  const found = await at.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const outside = [...document.querySelectorAll<HTMLElement>('button, a, textarea, input, article, h1, h2')]
      .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .filter((one) => {
        const { left, right, width } = one.getBoundingClientRect();
        return width > 1 && (left < -1 || right > innerWidth + 1);
      })
      .map((one) => one.outerHTML.slice(0, 120));
    return { is_wide: scrollWidth > clientWidth, outside };
  });
  assert.deepEqual(found, { is_wide: false, outside: [] });
}

async function looks_well(at: Page | Frame): Promise<void> {
  await fits(at);
  assert.deepEqual(await page_complaints(at), []);
}

journey('a whole conversation fits a panel of 320 and a desk of 375 pixels', async (stage) => {
  const small = { isMobile: true, hasTouch: true } as const;
  const panel = await stage.panel({ ...small, viewport: { width: 320, height: 600 } });
  await looks_well(panel.at);
  // Where there is no keyboard, Enter begins a new line.
  await panel.field.fill('Guten Tag! Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft grüßt.');
  await panel
    .button(said.ui_send())
    .or(panel.button(said.panel_send_to({ name: 'Noor' })))
    .tap();
  await looks_well(panel.at);
  const desk = await stage.desk(stage.home.colleague, '', { ...small, viewport: { width: 375, height: 740 } });
  await looks_well(desk.at);
  await desk.opens('Guten Tag!');
  await looks_well(desk.at);
  await desk.field.fill('Guten Tag, hier ist Noor.');
  await desk.button(said.ui_send()).tap();
  await panel.reads('Guten Tag!', 'hier ist Noor');
  await looks_well(panel.at);
  await panel.button(said.panel_more()).tap();
  await looks_well(panel.at);
  await panel.at.getByRole('menuitem', { name: said.panel_about() }).tap();
  await panel.at.getByRole('heading', { name: said.panel_notes() }).waitFor();
  await looks_well(panel.at);
  await panel.at.getByRole('dialog').getByRole('button', { name: said.ui_close() }).tap();

  await desk.page.getByText(said.desk_tap_for_story()).tap();
  await desk.page.getByRole('dialog').getByText(said.desk_past_none()).waitFor();
  await looks_well(desk.at);
  await desk.page.getByRole('dialog').getByRole('button', { name: said.ui_close() }).tap();
  await desk.button(said.desk_back()).tap();
  for (const room of [said.desk_room_today(), said.desk_room_team(), said.desk_room_settings(), said.desk_room_people()]) {
    await desk.page.getByRole('navigation', { name: said.desk_rooms() }).getByRole('link', { name: room }).tap();
    await desk.page.locator('main').first().waitFor();
    await looks_well(desk.at);
  }
});

journey('a whole conversation by keyboard alone, on both sides', async (stage) => {
  const desk = await stage.desk();
  const website = await stage.website();
  await website.door.name();
  const { keyboard } = website.page;
  await until('Tab leads to the face', async () => {
    await keyboard.press('Tab');
    return website.page.evaluate(() => document.activeElement?.localName === 'kith-door');
  });
  await keyboard.press('Enter');
  const panel = await website.there();
  await until('she can write at once', () => panel.field.evaluate((field) => field === document.activeElement));
  await keyboard.type('Where does the cord go?');
  await keyboard.press('Enter');
  await panel.reads('Where does the cord go?');

  const keys = desk.page.keyboard;
  await desk.row('Where does the cord go?').waitFor();
  await keys.press('j');
  await desk.field.waitFor();
  await desk.reads('Where does the cord go?');
  await keys.press('r');
  await keys.type('Through the foot, from below.');
  await keys.press('Enter');
  await panel.reads('Where does the cord go?', 'from below');

  // Something only for us, her story, and a search: all without a mouse.
  await keys.press('Escape');
  await keys.press('n');
  await keys.type('She mends it herself.');
  await keys.press('Enter');
  await desk.page.getByRole('main').getByText('She mends it herself.').waitFor();
  await keys.press('Escape');
  await keys.press('?');
  await desk.page.getByRole('dialog').getByText(said.desk_key_answer()).waitFor();
  assert.deepEqual(await page_complaints(desk.at), []);
  await keys.press('Escape');
  await keys.press('u');
  await desk.page.getByText(said.desk_open_someone()).waitFor();
  await keys.press('/');
  await until('the search has the focus', () => desk.page.evaluate(() => document.activeElement?.matches('dialog input') ?? false));
  await keys.type('cord');
  await desk.page.getByRole('option', { name: /Where does the cord go/ }).waitFor();
  assert.deepEqual(await page_complaints(desk.at), []);
  await keys.press('ArrowDown');
  await keys.press('ArrowUp');
  await keys.press('Enter');
  await desk.reads('Where does the cord go?', 'from below', 'She mends it herself.');

  // She puts her words differently, by the menu of what she said, and closes the panel with a key.
  await keyboard.press('Shift+Tab');
  await until('the keys lead to the menu of her words', async () => {
    await keyboard.press('Shift+Tab');
    return panel.at.evaluate(
      () => document.activeElement?.getAttribute('aria-haspopup') === 'menu' && document.activeElement.closest('article') !== null,
    );
  });
  await keyboard.press('Enter');
  await keyboard.press('Enter');
  await panel.sees(said.panel_changing());
  await keyboard.press('Control+a');
  await keyboard.type('Where does the long cord go?');
  await keyboard.press('Enter');
  await desk.reads('Where does the long cord go?', 'from below', 'She mends it herself.');
  await keyboard.press('Escape');
  await until('the face has the focus again', () => website.page.evaluate(() => document.activeElement?.localName === 'kith-door'));
});

journey('without scripts she writes, is answered and comes back', async (stage) => {
  const page = await stage.page({ javaScriptEnabled: false });
  await page.goto(`${stage.house.url}/hello/${stage.home.inbox}`);
  await page.getByLabel('Your words').fill('Hello from a quiet browser.');
  await page.getByLabel('Files, if you like').setInputFiles({ name: 'lamp.txt', mimeType: 'text/plain', buffer: Buffer.from('a lamp') });
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('Hello from a quiet browser.').waitFor();
  const desk = await stage.desk();
  await desk.opens('Hello from a quiet browser.');
  await desk.page.getByRole('main').getByText('lamp.txt').waitFor();
  await desk.writes('And hello from a loud one.');
  await desk.reads('Hello from a quiet browser.', 'And hello from a loud one.');
  await until(
    'the answer is there',
    async () => {
      await page.getByRole('link', { name: 'See whether somebody answered' }).click();
      return page.getByText('And hello from a loud one.').isVisible();
    },
    50_000,
  );
  await page.goto('about:blank');
  await page.goto(`${stage.house.url}/hello/${stage.home.inbox}`);
  await page.getByLabel('Your words').fill('I came back.');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('I came back.').waitFor();
  await desk.reads('Hello from a quiet browser.', 'And hello from a loud one.', 'I came back.');
});

journey('what she writes while the page is still on its way stays hers', async (stage) => {
  const page = await stage.page();
  let let_come = () => {};
  const may_come = new Promise<void>((resolve) => (let_come = resolve));
  await page.route('**/assets/*.js', async (route) => {
    await may_come;
    await route.continue();
  });
  await page.goto(`${stage.house.url}/hello/${stage.home.inbox}`, { waitUntil: 'commit' });
  await page.getByLabel('Your words').fill('My lamp arrived with a crack.');
  let_come();
  await page.locator('form.plain-form').waitFor({ state: 'detached' });
  const field = page.locator('textarea').first();
  assert.equal(await field.inputValue(), 'My lamp arrived with a crack.');
  await field.press('Enter');
  const desk = await stage.desk();
  await desk.opens('My lamp arrived with a crack.');
});
