// In every state of everything a customer sees she reaches a human with one action, and nobody asks her for a number: neither in
// English nor in German.
import assert from 'node:assert/strict';
import { asked_in, number_asked } from '@kith/check/asked';
import { crawl } from '@kith/check/crawl';
import type { State } from '@kith/check/crawl';
import { said, said_in_german } from '@kith/check/said';
import { journey } from '@kith/check/stage';
import type { PanelSide, Stage } from '@kith/check/stage';

type Level = 'open' | 'beat' | 'away';

async function is_here(stage: Stage, level: Level): Promise<void> {
  for (const { desk } of [stage.home.colleague, stage.home.leader]) {
    const answer = await desk.put('/api/desk/presence', { level });
    assert.equal(answer.status, 200);
  }
}

// Open for an hour, half a week from now.
async function is_closed(stage: Stage): Promise<void> {
  const { desk } = stage.home.leader;
  const now = await desk.get('/api/desk/settings');
  const day = ((new Date().getDay() + 3) % 7) + 1;
  const body = {
    organisation: 'Lamps of Lund',
    hello_line: '',
    hours: 'On market days we are a little late.',
    nobody_there_line: 'We are at the furnace.',
    opening: { time_zone: 'Europe/Stockholm', week: [{ day, from: '12:00', until: '13:00' }], days_off: [] },
  };
  const answer = await desk.put('/api/desk/settings', body, { headers: { 'if-match': String(now.headers.etag) } });
  assert.equal(answer.status, 200);
}

// As many states as there were when somebody looked: a crawler that no longer comes everywhere proves nothing.
function prove(states: Map<string, State>, least: number): void {
  assert.ok(
    states.size >= least,
    `only ${states.size} states were met: ${[...states.values()].map((each) => each.path.join(' > ')).join(' | ')}`,
  );
  for (const state of states.values()) {
    const where = `after "${state.path.join('" > "')}"`;
    const is_near = state.can_write || state.next.some((next) => states.get(next)?.can_write);
    assert.ok(is_near, `no human one action away ${where}: ${state.names.join(', ')}`);
    for (const field of state.fields) assert.equal(number_asked(field), '', `a number is asked for ${where}`);
    assert.doesNotMatch(state.said, /[0-9a-f]{8}-[0-9a-f]{4}|\d{6,}|#\d+/, `a number stands ${where}`);
    assert.equal(new Set(state.menus).size, state.menus.length, `two menus have one name ${where}: ${state.menus.join(', ')}`);
  }
}

// Printing, saving and sending a recording are no states; there are many smileys and one is like the other.
const no_states = [said, said_in_german].flatMap((it) => [it.panel_print(), it.panel_save(), it.panel_take_along(), it.ui_voice_keep()]);
const skip = new RegExp(`^\\p{Extended_Pictographic}|^(${no_states.join('|')})`, 'u');
const in_german = { locale: 'de-DE' };

const afresh = (panel: PanelSide) => async () => {
  // What was pressed last may just have led somewhere; then this is the second page that is asked for at once.
  await panel.page.reload().catch(() => panel.page.reload());
  await panel.has_come();
  return panel.at;
};

journey('when she comes for the first time, whoever is there or not', async (stage) => {
  for (const level of ['open', 'beat', 'away'] as const) {
    await is_here(stage, level);
    const panel = await stage.hello();
    prove(await crawl({ begin: afresh(panel), skip }), level === 'open' ? 2 : 4);
    await panel.page.close();
  }
});

journey('when she comes for the first time and reads German', async (stage) => {
  for (const level of ['open', 'beat', 'away'] as const) {
    await is_here(stage, level);
    const panel = await stage.hello(in_german);
    await panel.sees(level === 'open' ? said_in_german.panel_free() : said_in_german.panel_address_title());
    prove(await crawl({ begin: afresh(panel), skip }), level === 'open' ? 2 : 4);
    await panel.page.close();
  }
});

journey('in a conversation in German, in every menu and sheet of it', async (stage) => {
  await is_here(stage, 'open');
  const panel = await stage.hello(in_german);
  await panel.writes('Guten Morgen!');
  await panel.sees('Guten Morgen!');
  await panel.sees(said_in_german.panel_waits_here());
  const forget = said_in_german.panel_device_forget();
  prove(await crawl({ begin: afresh(panel), skip: new RegExp(`${skip.source}|${forget}`, 'u') }), 12);
});

journey('at night, when the house is closed for days', async (stage) => {
  await is_closed(stage);
  const panel = await stage.hello();
  await panel.sees(/^We are back /);
  prove(await crawl({ begin: afresh(panel), skip }), 4);
  await panel.writes('Good night!');
  await panel.sees('Good night!');
  await panel.page.reload();
  await panel.sees('Good night!');
  const at_once = new RegExp(`${skip.source}|${said.panel_about()}|${said.panel_more()}|${said.ui_emoji()}`, 'u');
  prove(await crawl({ begin: afresh(panel), skip: at_once }), 6);
});

journey('in a conversation, in every menu and sheet of it', async (stage) => {
  await is_here(stage, 'open');
  const panel = await stage.hello();
  await panel.writes('Good morning!');
  await panel.reads('Good morning!');
  prove(await crawl({ begin: afresh(panel), skip: new RegExp(`${skip.source}|${said.panel_device_forget()}`, 'u') }), 12);

  // To forget everything on this device leads to a first meeting. A crawl takes longer than the house believes in a presence.
  await is_here(stage, 'open');
  await panel.button(said.panel_more()).click();
  await panel.choose(said.panel_about());
  await panel.button(new RegExp(`^${said.panel_device_forget()}`)).click();
  await panel.button(said.panel_device_forget_sure()).click();
  await panel.at
    .getByRole('heading', { name: 'Noor' })
    .or(panel.at.getByRole('heading', { name: 'Ines' }))
    .waitFor();
  prove(await crawl({ begin: afresh(panel), skip }), 2);
});

journey('while she waits, and nobody is there or a beat is taken', async (stage) => {
  for (const [level, least] of [
    ['beat', 12],
    ['away', 10],
  ] as const) {
    // Somebody new each time: a minute that was asked for, or an address that was declined, would hide what is offered.
    await is_here(stage, 'open');
    const panel = await stage.hello();
    await panel.writes('Are you there?');
    await panel.reads('Are you there?');
    await is_here(stage, level);
    prove(await crawl({ begin: afresh(panel), skip: new RegExp(`${skip.source}|${said.panel_about()}`, 'u') }), least);
    await panel.page.close();
  }
});

journey('in a panel on a website, and when the house is away', async (stage) => {
  await is_here(stage, 'open');
  const website = await stage.website();
  const panel = await website.opens();
  const again = async () => {
    await website.page.reload();
    return (await website.opens()).at;
  };
  prove(await crawl({ begin: again, skip: new RegExp(`${skip.source}|${said.ui_close()}`, 'u') }), 2);
  await panel.writes('Good morning!');
  await panel.sees('Good morning!');
  await stage.house.end('SIGKILL');
  await panel.sees(said.panel_line_lost());
  // Loaded already, and without a line: what stands there is enough.
  prove(
    await crawl({
      begin: async () => panel.at,
      skip: new RegExp(`${skip.source}|${said.ui_close()}|${said.panel_about()}|${said.ui_voice_say()}`, 'u'),
      most: 20,
    }),
    2,
  );
  await stage.house.start();
});

for (const [language, locale, write_here, your_words, send] of [
  ['English', 'en-GB', 'Write to us here', 'Your words', 'Send'],
  ['German', 'de-DE', 'Schreiben Sie uns hier', 'Ihre Worte', 'Senden'],
] as const)
  journey(`without scripts, and at an address that leads nowhere, in ${language}`, async (stage) => {
    const page = await stage.page({ javaScriptEnabled: false, locale });
    await page.goto(`${stage.house.url}/hello/nowhere`);
    await page.getByRole('link', { name: write_here }).click();
    await page.getByLabel(your_words).fill('Good morning!');
    await page.getByRole('button', { name: send, exact: true }).click();
    await page.getByText('Good morning!').waitFor();
    const fields = await page.locator('input:not([type=hidden]), textarea').all();
    assert.equal(fields.length, 2, 'her words and her files');
    for (const field of fields) assert.equal(number_asked(await field.evaluate(asked_in)), '');
    assert.doesNotMatch(await page.locator('body').innerText(), /[0-9a-f]{8}-[0-9a-f]{4}|\d{6,}|#\d+/);
  });
