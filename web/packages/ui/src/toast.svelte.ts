// Short words about what was just done, with the way back. One list per app; Toasts.svelte shows it.
export type ToastOptions = {
  undo?: () => void;
  undo_words?: string;
  /** How long it stays. It waits while somebody points at it. */
  ms?: number;
  tone?: 'plain' | 'rose';
};
export type ToastEntry = { id: number; words: string } & Required<Pick<ToastOptions, 'ms' | 'tone'>> &
  Pick<ToastOptions, 'undo' | 'undo_words'>;

const most = 3;

class ToastList {
  shown = $state<ToastEntry[]>([]);
  #last = 0;

  say(words: string, options: ToastOptions = {}): number {
    const id = (this.#last += 1);
    this.shown = [...this.shown.slice(1 - most), { ms: 7000, tone: 'plain', ...options, id, words }];
    return id;
  }

  close(id: number): void {
    this.shown = this.shown.filter((entry) => entry.id !== id);
  }
}

export const toast = new ToastList();
