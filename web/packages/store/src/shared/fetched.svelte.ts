// A part of an app that comes after what everybody sees first. It is fetched once; should the house be away just then, again
// and again until it is there.
export class Fetched<Part> {
  part = $state.raw<Part | null>(null);
  is_missing = $state(false); // wanted, and could not be had so far
  private is_wanted = false;
  private readonly load: () => Promise<Part>;

  constructor(load: () => Promise<Part>) {
    this.load = load;
  }

  want(): void {
    if (this.is_wanted) return;
    this.is_wanted = true;
    void this.come_by(1000);
  }

  private async come_by(pause_ms: number): Promise<void> {
    try {
      this.part = await this.load();
      this.is_missing = false;
    } catch {
      this.is_missing = true;
      setTimeout(() => void this.come_by(Math.min(2 * pause_ms, 8000)), pause_ms);
    }
  }
}
