// Records a voice note out of the microphone, with what the browser has.
import { fold_peaks, loudness } from './peaks.ts';

export type VoiceNote = { file: File; seconds: number; peaks: number[] };
type State = 'resting' | 'asking' | 'recording' | 'refused' | 'failed';

const longest_seconds = 600;
const sample_every_ms = 80;
const kinds = ['audio/webm;codecs=opus', 'audio/mp4;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

function kind_to_record(): string | undefined {
  return typeof MediaRecorder === 'undefined' ? undefined : kinds.find((kind) => MediaRecorder.isTypeSupported(kind));
}

/** Whether there is any sense in showing a microphone. */
export function can_record(): boolean {
  return kind_to_record() !== undefined && Boolean(globalThis.navigator?.mediaDevices);
}

function name_of(kind: string, at: Date): string {
  const day = at.toISOString().slice(0, 19).replace(/[:T]/g, '-');
  return `voice-${day}.${kind.startsWith('audio/mp4') ? 'm4a' : kind.startsWith('audio/ogg') ? 'ogg' : 'webm'}`;
}

export class Recorder {
  state = $state<State>('resting');
  seconds = $state(0);
  /** How loud it was, every 80 ms so far: 0 to 1. */
  peaks = $state.raw<number[]>([]);
  #stream: MediaStream | null = null;
  #recorder: MediaRecorder | null = null;
  #sound: AudioContext | null = null;
  #sampler: ReturnType<typeof setInterval> | undefined;
  #parts: Blob[] = [];
  #began = 0;

  async start(): Promise<void> {
    const kind = kind_to_record();
    if (this.state === 'asking' || this.state === 'recording') return;
    if (!kind) {
      this.state = 'failed';
      return;
    }
    this.state = 'asking';
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
      // Somebody may have changed her mind while the browser was asking.
      if (this.#has_left()) stream.getTracks().forEach((track) => track.stop());
      else this.#record(stream, kind);
    } catch (problem) {
      this.#let_go();
      this.state = problem instanceof DOMException && problem.name === 'NotAllowedError' ? 'refused' : 'failed';
    }
  }

  /** The recording, or null when there is nothing to hear. */
  async finish(): Promise<VoiceNote | null> {
    const recorder = this.#recorder;
    if (!recorder || this.state !== 'recording') return null;
    const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
    if (recorder.state !== 'inactive') {
      recorder.stop();
      await stopped;
    }
    const { seconds, peaks } = this;
    const kind = recorder.mimeType.split(';')[0] ?? 'audio/webm';
    const file = new File(this.#parts, name_of(kind, new Date()), { type: kind });
    this.#let_go();
    return seconds < 0.4 || file.size === 0 ? null : { file, seconds, peaks: fold_peaks(peaks) };
  }

  cancel(): void {
    this.#let_go();
  }

  #has_left(): boolean {
    return this.state !== 'asking';
  }

  #record(stream: MediaStream, mimeType: string): void {
    this.#stream = stream;
    this.#parts = [];
    this.peaks = [];
    this.seconds = 0;
    const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 });
    recorder.addEventListener('dataavailable', (event) => this.#parts.push(event.data));
    this.#recorder = recorder;
    this.#listen(stream);
    recorder.start(1000);
    this.#began = performance.now();
    this.state = 'recording';
  }

  #listen(stream: MediaStream): void {
    this.#sound = new AudioContext();
    const ear = this.#sound.createAnalyser();
    ear.fftSize = 1024;
    this.#sound.createMediaStreamSource(stream).connect(ear);
    const samples = new Float32Array(ear.fftSize);
    this.#sampler = setInterval(() => {
      ear.getFloatTimeDomainData(samples);
      // At the limit it rests and keeps what was said.
      if (this.seconds >= longest_seconds) return this.#recorder?.pause();
      this.peaks = [...this.peaks, loudness(samples)];
      this.seconds = (performance.now() - this.#began) / 1000;
    }, sample_every_ms);
  }

  #let_go(): void {
    clearInterval(this.#sampler);
    if (this.#recorder && this.#recorder.state !== 'inactive') this.#recorder.stop();
    this.#stream?.getTracks().forEach((track) => track.stop());
    void this.#sound?.close();
    this.#recorder = null;
    this.#stream = null;
    this.#sound = null;
    this.state = 'resting';
  }
}
