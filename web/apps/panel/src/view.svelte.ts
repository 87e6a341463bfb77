// What the panel shows right now. The house knows; this chooses.
import { once_at_a_time } from '@kith/store/shared/once_at_a_time';
import { who_greets } from '@kith/store/shared/who_greets';
import type { VisitorHouse } from '@kith/store/visitor';
import type { ShownEntry } from '@kith/store/types';
import type { Id, PublicColleague } from '@kith/wire';
import { m } from '@kith/words';
import { tick } from 'svelte';
import { reached_at } from './reach.ts';
import type { Glass } from './glass.svelte.ts';
import { shown_name } from './names.ts';

export type AddressState = 'resting' | 'asking' | 'sending' | 'done' | 'wrong' | 'failed';
// looking: not known yet; unreachable: nobody can know.
export type Standing = 'looking' | 'unreachable' | 'here' | 'beat' | 'nobody';

const minute_ms = 60_000;
const time_to_change_ms = 15 * minute_ms; // as long as the house lets both sides
const pause_ms = 30 * minute_ms;

export class PanelView {
  readonly house: VisitorHouse;
  readonly glass: Glass;
  readonly place: 'panel' | 'page';
  sheet = $state<'about' | null>(null);
  changing = $state.raw<ShownEntry | null>(null);
  changed_text = $state('');
  address_state = $state<AddressState>('resting');
  address = $state('');
  problem = $state('');
  // She saw that a beat is taken and wants to write all the same, or is in the midst of it: nothing takes the pen away from her.
  wants_words = $state(false);
  // What she had read when she came; the line "new since you were here" stays where it is until she leaves.
  news_after = $state<number | null>(null);

  readonly who: PublicColleague | null = $derived.by(() => who_greets(this.house.team, this.house.companions));
  readonly name = $derived.by(() => (this.who ? shown_name(this.who.called) : ''));
  readonly others = $derived.by(() =>
    this.house.team.filter((each) => each.id !== this.who?.id && each.level !== 'away' && each.level !== 'beat'),
  );
  readonly standing: Standing = $derived.by(() => {
    const { house, who } = this;
    if (house.connection === 'away') return 'unreachable';
    if (!house.has_looked) return 'looking';
    if (!who || who.level === 'away') return 'nobody';
    return who.level === 'beat' ? 'beat' : 'here';
  });
  readonly waits = $derived.by(() => this.house.entries.length > 0 && !!this.house.conversation?.waiting_since);
  // What the team said last: all before it is heard.
  readonly answered_seq = $derived.by(() => this.house.entries.findLast((each) => each.author.kind === 'colleague')?.seq ?? 0);
  // She was here before this page, and her words are not here yet. Whoever becomes known on this page stays where she is.
  private readonly came_known: boolean;
  private readonly is_arriving = $derived.by(() => this.came_known && !this.house.conversation && this.house.connection !== 'away');
  readonly screen = $derived.by(() => {
    if (this.house.entries.length === 0) return this.is_arriving ? 'arriving' : 'meet';
    return this.standing === 'beat' && this.waits && !this.wants_words ? 'wait' : 'talk';
  });

  constructor(house: VisitorHouse, glass: Glass, place: 'panel' | 'page') {
    this.house = house;
    this.came_known = house.is_known;
    this.glass = glass;
    this.place = place;
  }

  // Nothing is kept here, and no website says who she is: when she leaves the page, this browser knows her no more.
  get forgets(): boolean {
    return !this.house.is_lasting && !this.glass.identity_token;
  }

  get organisation(): string {
    return shown_name(this.house.site?.organisation ?? '', '');
  }

  // Whose words these are, as words.
  name_of(entry: ShownEntry): string {
    if (entry.author.kind === 'customer') return m.panel_you();
    if (entry.author.kind !== 'colleague') return entry.author.machine ?? m.panel_notice();
    return this.name_of_person(entry.author.person);
  }
  name_of_person(person: Id | null): string {
    return shown_name(person ? this.house.name_of(person) : '');
  }

  // ---- what she does ---------------------------------------------------------------------------------------------------
  send(): void {
    const { changing, changed_text } = this;
    if (changing) {
      if (changed_text.trim() && changed_text !== changing.text) this.house.edit(changing.id, changed_text.trim());
      this.changing = null;
      return;
    }
    const text = this.house.draft.trim();
    if (!text && this.house.files.length === 0) return;
    this.wants_words = true;
    this.news_after = null;
    this.house.send({ text });
  }

  may_change(entry: ShownEntry, now: number): boolean {
    const is_mine = entry.author.kind === 'customer' && entry.seq !== null && entry.state === 'kept' && !entry.taken_back;
    return is_mine && now - Date.parse(entry.at) < time_to_change_ms;
  }
  // Her hand is on the conversation: she writes, says something, reads back.
  takes_part(): void {
    if (this.screen === 'talk') this.wants_words = true;
  }
  change(entry: ShownEntry): void {
    this.changed_text = entry.text;
    this.changing = entry;
  }

  async leave_address(): Promise<void> {
    const reach = reached_at(this.address);
    if (!reach) return void (this.address_state = 'wrong');
    this.address_state = 'sending';
    try {
      await this.house.leave_address(reach.kind, reach.value);
      this.address = reach.value;
      this.address_state = 'done';
      await this.house.answer_ask('reply_address', 'answered').catch(() => {});
    } catch {
      this.address_state = 'failed';
    }
  }
  async no_address(): Promise<void> {
    this.address_state = 'resting';
    if (this.house.is_known) await this.house.answer_ask('reply_address', 'declined').catch(() => {});
  }

  pause(): Promise<void> {
    return this.attempt(() => this.house.pause(new Date(Date.now() + pause_ms)));
  }
  unpause(): Promise<void> {
    return this.attempt(() => this.house.unpause());
  }

  // Never a part of it as if it were all: what is not here yet is fetched first, or she hears that it did not get through.
  readonly print = once_at_a_time(() =>
    this.attempt(async () => {
      await this.whole_story();
      window.print();
    }),
  );
  readonly save = once_at_a_time(() =>
    this.attempt(async () => {
      await this.whole_story();
      const { save_transcript } = await import('./transcript.ts');
      save_transcript(this);
    }),
  );
  private async whole_story(): Promise<void> {
    while (this.house.has_older) await this.house.load_older();
    await tick();
  }

  // Somebody looks again, or came in.
  opened(): void {
    this.wants_words = false;
    this.news_after = this.house.unread > 0 ? this.house.read_seq : null;
  }

  async attempt(work: () => Promise<unknown>): Promise<void> {
    this.problem = '';
    try {
      await work();
    } catch {
      this.problem = m.panel_try_again();
    }
  }
}
