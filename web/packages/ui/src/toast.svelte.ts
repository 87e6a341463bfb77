// Short words about what was just done, with the way back. One list per app; Toasts.svelte shows it.
export type ToastOptions = {
  undo?: () => void;
  undo_words?: string;
  /** How long it stays. It waits while somebody points at it. */
  ms?: number;
  tone?: 'plain' | 'rose';
  /** Until somebody touches it. */
  stays?: boolean;
};
export type ToastEntry = { id: number; words: string } & Required<Pick<ToastOptions, 'ms' | 'tone' | 'stays'>> &
  Pick<ToastOptions, 'undo' | 'undo_words'>;

const most = 3;

class ToastList {
  shown = $state<ToastEntry[]>([]);
  #last = 0;

  say(words: string, options: ToastOptions = {}): number {
    const id = (this.#last += 1);
    const passing = this.shown.filter((entry) => !entry.stays);
    const gone = new Set(passing.slice(0, Math.max(0, this.shown.length + 1 - most)));
    this.shown = [...this.shown.filter((entry) => !gone.has(entry)), { ms: 7000, tone: 'plain', stays: false, ...options, id, words }];
    return id;
  }

  close(id: number): void {
    this.shown = this.shown.filter((entry) => entry.id !== id);
  }
}

export const toast = new ToastList();
