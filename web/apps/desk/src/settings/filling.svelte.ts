// What stands in a form over the settings. As long as nobody has touched it, it follows what the house says; then it stays.
import type { DeskHouse } from '@kith/store/desk';
import type { Schemas, Settings } from '@kith/wire';
import { toast } from '@kith/ui/toast';
import { m } from '@kith/words';
import { untrack } from 'svelte';
import { attempt } from '../kit/attempt.ts';
import { SettingsForm } from './settings_form.svelte.ts';

export class Filling<Fields extends object> {
  now = $state() as Fields;
  busy = $state(false);
  readonly form: SettingsForm;
  private readonly filled: (of: Settings) => Fields;
  private readonly change: (fields: Fields) => Partial<Schemas['SaveSettings']>;

  // Made where the settings are known.
  constructor(house: DeskHouse, filled: (of: Settings) => Fields, change: (fields: Fields) => Partial<Schemas['SaveSettings']>) {
    const from = untrack(() => house.settings);
    if (!from) throw new Error('nobody has told the settings yet');
    this.form = new SettingsForm(house, from);
    this.filled = filled;
    this.change = change;
    this.now = filled(from);
    $effect(() => {
      const newest = house.settings;
      if (newest && newest.version > this.form.from.version && !untrack(() => this.is_touched)) this.fill(newest);
    });
  }

  get is_touched(): boolean {
    return JSON.stringify(this.now) !== JSON.stringify(this.filled(this.form.from));
  }

  keep(): Promise<void> {
    const wanted = this.change($state.snapshot(this.now) as Fields);
    return this.kept(() => this.form.keep(wanted, this.change(this.filled(this.form.from))));
  }
  // Over theirs.
  keep_mine(): Promise<void> {
    this.form.take_theirs();
    return this.keep();
  }
  show_theirs(): void {
    const mine = this.now;
    this.form.take_theirs();
    this.now = this.filled(this.form.from);
    toast.say(m.desk_set_newer_shown(), { undo: () => (this.now = mine), undo_words: m.desk_set_newer_back() });
  }

  private fill(from: Settings): void {
    this.form.from = from;
    this.now = this.filled(from);
  }

  private async kept(keep: () => Promise<boolean>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const before = JSON.stringify(this.now);
    let is_kept = false;
    await attempt(async () => (is_kept = await keep()));
    this.busy = false;
    if (!is_kept) return;
    // With what others have changed besides, unless she went on typing.
    if (before === JSON.stringify(this.now)) this.now = this.filled(this.form.from);
    toast.say(m.desk_kept());
  }
}
