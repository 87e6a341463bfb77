// Plays one sound. Only one plays at a time: whoever starts another stops this one.
const speeds = [1, 1.5, 2] as const;

let playing: Player | null = null;

// The one that plays from now on; whoever played before rests.
function let_play(player: Player): void {
  if (playing !== player) playing?.pause();
  playing = player;
}

export class Player {
  plays = $state(false);
  /** 0 to 1. */
  played = $state(0);
  seconds = $state(0);
  speed = $state<number>(1);
  failed = $state(false);
  #url: string;
  #sound: HTMLAudioElement | null = null;
  #frame = 0;

  constructor(url: string, known_seconds = 0) {
    this.#url = url;
    this.seconds = known_seconds;
  }

  async toggle(): Promise<void> {
    if (this.plays) return this.pause();
    let_play(this);
    const sound = this.#made();
    try {
      await sound.play();
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }

  pause(): void {
    this.#sound?.pause();
  }

  seek(share: number): void {
    const sound = this.#made();
    this.played = Math.max(0, Math.min(1, share));
    sound.currentTime = this.played * this.seconds;
  }

  next_speed(): void {
    this.speed = speeds[(speeds.indexOf(this.speed as 1) + 1) % speeds.length] ?? 1;
    if (this.#sound) this.#sound.playbackRate = this.speed;
  }

  stop(): void {
    this.pause();
    cancelAnimationFrame(this.#frame);
    if (playing === this) playing = null;
    this.#sound = null;
  }

  #made(): HTMLAudioElement {
    if (this.#sound) return this.#sound;
    const sound = new Audio(this.#url);
    sound.preload = 'metadata';
    sound.playbackRate = this.speed;
    sound.addEventListener('loadedmetadata', () => this.#learn_length(sound));
    sound.addEventListener('play', () => this.#follow(sound));
    sound.addEventListener('pause', () => (this.plays = false));
    sound.addEventListener('ended', () => (this.played = 0));
    sound.addEventListener('error', () => (this.failed = true));
    this.#sound = sound;
    return sound;
  }

  // What a browser recorded itself often does not say how long it is.
  #learn_length(sound: HTMLAudioElement): void {
    if (Number.isFinite(sound.duration)) this.seconds = sound.duration;
  }

  #follow(sound: HTMLAudioElement): void {
    this.plays = true;
    sound.playbackRate = this.speed;
    const look = () => {
      if (!this.plays) return;
      this.played = this.seconds > 0 ? Math.min(1, sound.currentTime / this.seconds) : 0;
      this.#frame = requestAnimationFrame(look);
    };
    look();
  }
}
