// Where a journey happens: the real binary on a scratch folder, a website of somebody else, and browsers that know nothing of
// each other. A journey that fails leaves pictures of what everybody saw in build/test-logs/journeys.
import { mkdirSync } from 'node:fs';
import { after, test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright';
import { furnish } from '../../../../tests/system/harness/cast.ts';
import type { Colleague, Home } from '../../../../tests/system/harness/cast.ts';
import { House } from '../../../../tests/system/harness/house.ts';
import type { HouseOptions } from '../../../../tests/system/harness/house.ts';
import { until } from '../../../../tests/system/harness/waiting.ts';
import { close_browser, Door, new_context, patience_ms } from './browser.ts';
import { open_host_page } from './host_page.ts';
import type { HostPage } from './host_page.ts';
import { DeskSide, PanelSide } from './sides.ts';

export { DeskSide, PanelSide };

const pictures = new URL('../../../../build/test-logs/journeys/', import.meta.url).pathname;

export interface StageOptions extends HouseOptions {
  // Nobody lives there yet: no colleague, no door.
  is_empty?: boolean;
  // Why it is not walked now.
  skip?: string;
}

export interface WebsiteOptions extends BrowserContextOptions {
  // A browser that keeps nothing for frames of other sites: no database, no cookie, not even a lock.
  keeps_nothing?: boolean;
}

export interface Website {
  readonly page: Page;
  readonly door: Door;
  opens(): Promise<PanelSide>;
  /** The panel that somebody opened otherwise. */
  there(): Promise<PanelSide>;
}

export class Stage {
  readonly house: House;
  readonly complaints: string[] = [];
  private readonly pages: Page[] = [];
  private furnished: Home | null = null;
  private host: HostPage | null = null;

  private constructor(house: House) {
    this.house = house;
  }

  static async open(options: StageOptions = {}): Promise<Stage> {
    const stage = new Stage(await House.open(options));
    if (!options.is_empty) stage.furnished = await furnish(stage.house);
    return stage;
  }

  /** Ines leads, Noor answers, and there is one door. */
  get home(): Home {
    if (!this.furnished) throw new Error('nobody lives there yet');
    return this.furnished;
  }

  /** An address the house printed when it was opened, by what it is for. */
  async door(what: string): Promise<string> {
    const printed = () => this.house.said.split('\n').find((line) => line.includes(what));
    await until(`"${what}" is printed`, () => printed()?.includes('http') ?? false);
    return /http\S+/.exec(printed()!)![0];
  }

  // ---- browsers --------------------------------------------------------------------------------------------------------
  /** A browser of somebody new, on an empty page. */
  async page(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await new_context(this.complaints, options)).newPage();
    this.pages.push(page);
    return page;
  }

  /** Her desk. She signed in before; journeys that are about signing in do it by hand. */
  async desk(colleague: Colleague = this.home.colleague, path = '', options: BrowserContextOptions = {}): Promise<DeskSide> {
    const page = await this.page(options);
    const [name = '', value = ''] = (colleague.desk.cookie ?? '').split(/=(.*)/s);
    await page.context().addCookies([{ name, value, url: this.house.url }]);
    await page.goto(`${this.house.url}/desk/${path}`);
    await page.locator('#room').waitFor();
    return new DeskSide(page);
  }

  /** The full page. */
  async hello(options: BrowserContextOptions = {}): Promise<PanelSide> {
    const page = await this.page(options);
    await page.goto(`${this.house.url}/hello/${this.home.inbox}`);
    return new PanelSide(page, () => page, null);
  }

  /** A website of somebody else with the panel on it, not opened yet. */
  async website({ keeps_nothing = false, ...options }: WebsiteOptions = {}): Promise<Website> {
    this.host ??= await this.open_host();
    return website_at(await this.page(options), keeps_nothing ? this.host.other_site : this.host.origin);
  }

  async panel(options: WebsiteOptions = {}): Promise<PanelSide> {
    return (await this.website(options)).opens();
  }

  /** The same visitor after her page was loaded again. */
  async again(panel: PanelSide): Promise<PanelSide> {
    return (await website_at(panel.page)).opens();
  }

  private async open_host(): Promise<HostPage> {
    const { leader, inbox } = this.home;
    const host = await open_host_page(
      this.house.url,
      () => `<script async src="${this.house.url}/w/kith.js" data-inbox="${inbox}"></script>`,
    );
    const answer = await leader.desk.put(`/api/desk/inboxes/${inbox}`, {
      kind: 'web',
      name: 'The shop',
      allowed_origins: [host.origin, host.other_site],
    });
    if (answer.status !== 200) throw new Error(`the website is not allowed: ${answer.bytes.toString()}`);
    return host;
  }

  /** Complaints that this journey is about. */
  forgive(some: RegExp): void {
    this.complaints.splice(0, Infinity, ...this.complaints.filter((each) => !some.test(each)));
  }

  // ---- the end ---------------------------------------------------------------------------------------------------------
  async take_pictures(name: string): Promise<void> {
    mkdirSync(pictures, { recursive: true });
    const file = name.replace(/\W+/g, '_').slice(0, 80);
    for (const [at, page] of this.pages.entries())
      await page.screenshot({ path: `${pictures}${file}_${at + 1}.png`, timeout: 5000 }).catch(() => {});
  }

  async close(): Promise<void> {
    await Promise.all(
      this.pages.map((page) =>
        page
          .context()
          .close()
          .catch(() => {}),
      ),
    );
    await this.host?.close();
    await this.house.close();
  }
}

/** A page with the panel on it; goes there first when told where. */
export async function website_at(page: Page, address?: string): Promise<Website> {
  if (address) await page.goto(address);
  const door = new Door(page);
  const there = async () => {
    await until('the panel is there', () => page.frames().some(is_panel), patience_ms);
    const panel = new PanelSide(page, () => panel_frame(page), door);
    await panel.field.waitFor();
    return panel;
  };
  const opens = async () => {
    await door.press();
    return there();
  };
  return { page, door, opens, there };
}

const is_panel = (frame: { url(): string }) => frame.url().includes('/panel/');

function panel_frame(page: Page) {
  const frame = page.frames().find(is_panel);
  if (!frame) throw new Error('there is no panel on this page');
  return frame;
}

after(close_browser);

async function walk_once(name: string, walk: (stage: Stage) => Promise<void>, options: StageOptions): Promise<void> {
  const stage = await Stage.open(options);
  try {
    await walk(stage);
    if (stage.complaints.length > 0) throw new Error(`the pages complained:\n${stage.complaints.join('\n')}`);
  } catch (error) {
    await stage.take_pictures(name);
    if (stage.complaints.length > 0) console.error(stage.complaints.join('\n'));
    throw error;
  } finally {
    await stage.close();
  }
}

/**
 * One journey on a stage of its own. Whatever a page complained of (an error nobody caught, a policy broken) fails it. One that
 * fails is walked once more, and said aloud: what is broken is so the second time, too; a machine that was busy seldom is.
 */
export function journey(name: string, walk: (stage: Stage) => Promise<void>, options: StageOptions = {}): void {
  test(name, { timeout: 340_000, skip: options.skip ?? false }, async () => {
    await walk_once(name, walk, options).catch((error: unknown) => {
      console.error(`ONCE MORE: ${name}: ${error instanceof Error ? error.message : String(error)}`);
      return walk_once(name, walk, options);
    });
  });
}
