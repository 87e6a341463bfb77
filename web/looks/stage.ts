// Where the screens are looked at: one house whose clock stands still, browsers of people and colleagues in it, and a look at
// each screen by day and by night, by eye and by axe.
import { AxeBuilder } from '@axe-core/playwright';
import { give_password, open_house, sample_sign_in, type House, type OpenHouse, type SignIn } from '@kith/check/house';
import { Colleague } from './colleague.ts';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';
import { join } from 'node:path';
import { compare, differences, keep } from './album.ts';

export type Width = 'wide' | 'phone';
export type Scheme = 'light' | 'dark';
const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 375, height: 812 } };
// What cannot be fetched is part of some screens. The palette's list brings wrappers with a style of their own, which our
// content security policy leaves out.
const expected = /Failed to load resource|WebSocket connection to|net::ERR_|sha256-iaOezIDcQIoxCULa6FBKKuLUu09R7kG/;
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
// A Wednesday in November, a few minutes after two in the shop.
export const moment = '2026-11-25 13:03:00';

export interface Plan {
  readonly renew: boolean; // keep what is seen as what should be seen
  readonly schemes: (width: Width) => readonly Scheme[];
  readonly say: (line: string) => void;
}

export interface Seen {
  readonly name: string;
  readonly trouble: readonly string[];
}

export interface LookOptions {
  readonly whole_page?: boolean; // more than fits the window
  readonly same?: Readonly<Record<string, string>>; // words that are others in every house, and what is shown instead
}

export class Stage {
  readonly house: House;
  readonly width: Width;
  readonly seen: Seen[] = [];
  private readonly browser: Browser;
  private readonly plan: Plan;
  private readonly contexts: BrowserContext[] = [];
  private errors: string[] = [];

  private constructor(house: House, browser: Browser, width: Width, plan: Plan) {
    this.house = house;
    this.browser = browser;
    this.width = width;
    this.plan = plan;
  }

  static async open(browser: Browser, width: Width, plan: Plan, options: OpenHouse): Promise<Stage> {
    return new Stage(await open_house({ moment, ...options }), browser, width, plan);
  }

  get is_phone(): boolean {
    return this.width === 'phone';
  }

  // A browser of somebody new.
  async context(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      viewport: sizes[this.width],
      locale: 'en-GB',
      timezoneId: 'Europe/Stockholm',
      reducedMotion: 'reduce',
      colorScheme: 'light',
      permissions: ['microphone', 'clipboard-read', 'clipboard-write'],
      ...options,
    });
    context.setDefaultTimeout(8000);
    await context.clock.setFixedTime(this.now);
    // What stands behind a closed shadow root is looked at as well.
    await context.addInitScript(() => {
      const attach = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function (this: Element, how) {
        return attach.call(this, { ...how, mode: 'open' });
      };
    });
    // Whoever has no photo stands on a colour of her own, which is another one in every house.
    await context.addInitScript(() => {
      const same = new CSSStyleSheet();
      same.replaceSync('.face { --ground: var(--face-3) !important }');
      document.adoptedStyleSheets.push(same);
    });
    this.contexts.push(context);
    return context;
  }

  async page(path: string, context?: BrowserContext): Promise<Page> {
    const page = await (context ?? (await this.context())).newPage();
    page.on('pageerror', (error) => this.errors.push(`the page broke: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !expected.test(message.text())) this.errors.push(`said: ${message.text()}`);
    });
    await page.goto(this.house.url + path);
    return page;
  }

  // Signed in to the desk: as the colleague of the sample who may do everything, or as another one.
  async desk(path = '/desk/', called = 'mira', context?: BrowserContext): Promise<Page> {
    const place = await this.signed_in(called, context);
    return this.page(path, place);
  }

  // What she does beside the screens: with the session of this page, or with one of her own.
  async colleague(called: string, page?: Page): Promise<Colleague> {
    return new Colleague(page?.context() ?? (await this.signed_in(called)), this.house.url);
  }

  private async signed_in(called: string, context?: BrowserContext): Promise<BrowserContext> {
    const place = context ?? (await this.context());
    const data = this.keys.get(called) ?? this.key_of(called);
    const answer = await place.request.post(`${this.house.url}/api/desk/session`, { data, headers: { Origin: this.house.url } });
    if (!answer.ok()) throw new Error(`${called} cannot come in: ${answer.status()} ${await answer.text()}`);
    return place;
  }

  // A new password ends what was open before, so each of them gets one once.
  private readonly keys = new Map<string, SignIn>();
  private key_of(called: string): SignIn {
    const key = called === 'mira' ? sample_sign_in(this.house) : give_password(this.house, `${called}@sample.kith.example`);
    this.keys.set(called, key);
    return key;
  }

  // Her clock goes on by some seconds, no more than a minute in all.
  async moves_on(page: Page, seconds: number): Promise<void> {
    await page.clock.setFixedTime(new Date(this.now.getTime() + seconds * 1000));
  }
  readonly now = new Date(`${moment.replace(' ', 'T')}Z`);

  async look(name: string, page: Page, options: LookOptions = {}): Promise<void> {
    for (const [place, words] of Object.entries(options.same ?? {})) {
      await page.locator(place).evaluateAll((all, words) => {
        for (const one of all) {
          if (one instanceof HTMLTextAreaElement || one instanceof HTMLInputElement) one.value = words;
          else one.textContent = words;
        }
      }, words);
    }
    for (const scheme of this.plan.schemes(this.width)) {
      const whole = `${name}_${this.width}_${scheme}`;
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      const shot = await settled_shot(page, options);
      const trouble = [...this.errors, ...(await complaints(page)), ...(await sticks_out(page))];
      this.errors = [];
      this.hold(whole, shot, trouble);
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    if (this.is_phone && !this.plan.renew) await this.look_at_narrowest(name, page);
  }

  // The smallest phones: no picture, but nothing may stand beyond the edge.
  private async look_at_narrowest(name: string, page: Page): Promise<void> {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.waitForTimeout(150);
    const trouble = await sticks_out(page);
    this.seen.push({ name: `${name}_at_320`, trouble });
    for (const line of trouble) this.plan.say(`✖ ${name} at 320 px: ${line}`);
    await page.setViewportSize(sizes.phone);
    await page.waitForTimeout(100);
  }

  // Against its picture, or as its picture.
  private hold(name: string, bytes: Buffer, complaints: readonly string[], is_shown = false): void {
    const shot = { name, bytes, is_shown };
    const trouble = [...complaints];
    if (this.plan.renew) keep(shot);
    else {
      const difference = compare(shot);
      if (difference) trouble.push(difference);
    }
    this.seen.push({ name, trouble });
    this.plan.say(`${trouble.length === 0 ? '✔' : '✖'} ${name}${trouble.map((line) => `\n    ${line}`).join('')}`);
  }

  // Two windows beside each other, on paper: a picture for those who have not been here yet.
  async look_beside(name: string, left: Page, right: Page): Promise<void> {
    const context = await this.browser.newContext({ viewport: { width: 1440, height: 720 }, deviceScaleFactor: 1 });
    this.contexts.push(context);
    for (const scheme of this.plan.schemes(this.width)) {
      for (const page of [left, right]) await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      const shots = [await settled_shot(left, {}), await settled_shot(right, {})];
      const [desk, panel] = shots.map((shot) => `data:image/png;base64,${shot.toString('base64')}`);
      const page = await context.newPage();
      await page.setContent(both_windows(desk ?? '', panel ?? '', scheme));
      this.hold(`${name}_${this.width}_${scheme}`, await settled_shot(page, {}), [], true);
    }
  }

  // What everybody saw when it did not go on.
  async pictures_of_trouble(name: string): Promise<void> {
    const pages = this.contexts.flatMap((context) => context.pages());
    for (const [index, page] of pages.entries()) {
      const path = join(differences, `${name}_${this.width}.stuck_${index}.png`);
      await page.screenshot({ path }).catch(() => {});
    }
  }

  async close(): Promise<void> {
    for (const context of this.contexts) await context.close().catch(() => {});
    await this.house.close();
  }
}

function both_windows(desk: string, panel: string, scheme: Scheme): string {
  const [paper, warm, edge] = scheme === 'light' ? ['#f4ede2', '#fbe3d3', '#e8decf'] : ['#14110f', '#2b1a14', '#3b342d'];
  return `<!doctype html><style>
    body { margin: 0; height: 100vh; background: linear-gradient(135deg, ${warm}, ${paper} 55%); overflow: hidden; }
    img { position: absolute; border-radius: 14px; outline: 1px solid ${edge}; box-shadow: 0 2px 6px rgb(60 40 20 / .08), 0 24px 64px rgb(60 40 20 / .16); }
    .desk { top: 44px; left: 40px; height: 632px; }
    .panel { top: 84px; right: 40px; height: 592px; }
  </style><img class="desk" src="${desk}"><img class="panel" src="${panel}">`;
}

// A picture once nothing moves any more: two in a row that are the same.
async function settled_shot(page: Page, { whole_page = false }: LookOptions): Promise<Buffer> {
  await page.evaluate(() => Promise.race([document.fonts.ready, new Promise((done) => setTimeout(done, 3000))]));
  const take = () => page.screenshot({ fullPage: whole_page, animations: 'disabled', caret: 'hide' });
  let before = await take();
  for (let round = 0; round < 20; round++) {
    await page.waitForTimeout(120);
    const now = await take();
    if (now.equals(before)) return now;
    before = now;
  }
  return before;
}

async function complaints(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.flatMap((rule) =>
    rule.nodes.map((node) => `axe: ${rule.id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n').slice(1).join(' ').trim()}`),
  );
}

// Nobody has to scroll sideways, and no button is cut at the edge of the window.
async function sticks_out(page: Page): Promise<string[]> {
  const wider = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const beyond = [...document.querySelectorAll('button, a, input, textarea, select, h1, h2')].filter((one) => {
      const { left, right, width, height } = one.getBoundingClientRect();
      const is_seen =
        width > 1 && height > 1 && getComputedStyle(one).visibility === 'visible' && !one.closest('.unseen, .skip, :popover-open');
      return is_seen && (right > clientWidth + 1 || left < -1);
    });
    const names = beyond.map((one) => (one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 40) || one.tagName);
    return { by: scrollWidth - clientWidth, names };
  });
  return [
    ...(wider.by > 0 ? [`the page is ${wider.by} px wider than the window`] : []),
    ...wider.names.map((name) => `“${name}” stands beyond the edge of the window`),
  ];
}
