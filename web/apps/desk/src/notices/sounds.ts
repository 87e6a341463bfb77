// Gentle sounds, made here: a soft knock of wood for those who know me, one tone for anybody else. Never more than one in
// a while, never during a beat, never in quiet hours, and never the only sign of anything.
export type Sound = 'known' | 'anyone' | 'handover';

const notes: Record<Sound, readonly (readonly [hertz: number, at: number])[]> = {
  known: [
    [523.25, 0],
    [783.99, 0.11],
  ],
  anyone: [[440, 0]],
  handover: [
    [392, 0],
    [523.25, 0.12],
    [659.25, 0.24],
  ],
};

let context: AudioContext | null = null;

// `volume` is 0 to 100. Browsers play nothing before the first press on the page; then this does nothing.
export function play(sound: Sound, volume: number): void {
  if (volume <= 0) return;
  try {
    context ??= new AudioContext();
  } catch {
    return; // no sound card, no sound
  }
  if (context.state === 'suspended') void context.resume().catch(() => {});
  for (const [hertz, after] of notes[sound]) tone(context, hertz, context.currentTime + 0.02 + after, (volume / 100) ** 2 * 0.4);
}

function tone(audio: AudioContext, hertz: number, at: number, loud: number): void {
  const gain = audio.createGain();
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(loud, at + 0.012);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.7);
  gain.connect(audio.destination);
  for (const [times, part] of [
    [1, 1],
    [2.01, 0.18],
  ] as const) {
    const wave = audio.createOscillator();
    const share = audio.createGain();
    wave.type = 'sine';
    wave.frequency.value = hertz * times;
    share.gain.value = part;
    wave.connect(share).connect(gain);
    wave.start(at);
    wave.stop(at + 0.75);
  }
}
