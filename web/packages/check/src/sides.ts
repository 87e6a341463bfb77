// The two humans of a journey, and what each of them sees and does. Only what is on the screen counts.
import type { BrowserContext, Frame, Locator, Page } from 'playwright';
import { until } from '../../../../tests/system/harness/waiting.ts';
import { patience_ms } from './browser.ts';
import type { Door } from './browser.ts';
import { said } from './said.ts';

abstract class Side {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get context(): BrowserContext {
    return this.page.context();
  }
  /** Where the app itself is: a page, or the frame inside a page of somebody else. */
  abstract get at(): Page | Frame;
  /** What was said, oldest first. */
  abstract get log(): Locator;

  async sees(words: string | RegExp): Promise<void> {
    await this.at.getByText(words).first().waitFor();
  }
  async sees_no(words: string | RegExp): Promise<void> {
    await until(`"${words}" is gone`, async () => !(await this.at.getByText(words).first().isVisible()), patience_ms);
  }
  button(name: string | RegExp): Locator {
    return this.at.getByRole('button', { name, exact: true });
  }
  async choose(name: string | RegExp): Promise<void> {
    await this.at.getByRole('menuitem', { name }).click();
  }

  /** The words in the conversation are exactly these, each once, in this order. */
  async reads(...expected: string[]): Promise<void> {
    let found: string[] = [];
    try {
      await until(
        'the conversation reads so',
        async () => {
          found = await this.words();
          return found.length === expected.length && found.every((words, at) => words.includes(expected[at]!));
        },
        patience_ms,
      );
    } catch {
      throw new Error(`expected ${JSON.stringify(expected)}, reads ${JSON.stringify(found)}`);
    }
  }
  words(): Promise<string[]> {
    // What is scrolled out of sight was said, too.
    return this.log.locator('article').allTextContents();
  }
}

export class PanelSide extends Side {
  private readonly inside: () => Page | Frame;
  readonly door: Door | null;

  constructor(page: Page, inside: () => Page | Frame, door: Door | null) {
    super(page);
    this.inside = inside;
    this.door = door;
  }

  get at(): Page | Frame {
    return this.inside();
  }
  get log(): Locator {
    return this.at.getByRole('log', { name: said.panel_log() });
  }
  get field(): Locator {
    return this.at.locator('textarea').first();
  }
  /** The form of the house, for a page without scripts, has made room. */
  async has_come(): Promise<void> {
    await this.at.locator('form.plain-form').waitFor({ state: 'detached' });
  }

  async writes(text: string): Promise<void> {
    await this.has_come();
    await this.field.fill(text);
    await this.field.press('Enter');
  }
}

export class DeskSide extends Side {
  get at(): Page {
    return this.page;
  }
  get log(): Locator {
    return this.page.getByRole('region', { name: said.ui_messages() });
  }
  get field(): Locator {
    return this.page.getByRole('main').locator('textarea').last();
  }
  /** The people in the list. */
  row(words: string | RegExp): Locator {
    return this.page.getByRole('listitem').filter({ hasText: words }).getByRole('link');
  }

  /** Opens whoever has said these words last. */
  async opens(words: string | RegExp): Promise<void> {
    await this.row(words).first().click();
    await this.field.waitFor();
  }
  async writes(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }
}
