// Collects what arrives and hands it on once per frame, so that three hundred live updates cost one redraw each frame
// instead of three hundred. Frames do not come in a hidden page or a closed panel; there the next task will do.
export class Batch<T> {
  private items: T[] = [];
  private is_due = false;
  private readonly take: (items: T[]) => void;

  constructor(take: (items: T[]) => void) {
    this.take = take;
  }

  add(item: T): void {
    this.items.push(item);
    if (this.is_due) return;
    this.is_due = true;
    if (typeof document === 'undefined' || document.hidden) {
      const soon = new MessageChannel();
      soon.port1.onmessage = () => {
        soon.port1.close();
        this.flush();
      };
      soon.port2.postMessage(null);
      return;
    }
    const frame = requestAnimationFrame(() => this.flush());
    setTimeout(() => {
      cancelAnimationFrame(frame);
      this.flush();
    }, 60);
  }

  flush(): void {
    this.is_due = false;
    if (this.items.length === 0) return;
    const items = this.items;
    this.items = [];
    this.take(items);
  }
}
