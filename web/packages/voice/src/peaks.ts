// How loud a sound is over its length, as a few dozen lines to draw.
export const lines = 60;

/** 0 to 1; a little above a whisper is already seen. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.min(1, Math.sqrt(sum / Math.max(1, samples.length)) * 4);
}

/** Any number of peaks as `count`, each the loudest of its share; two digits are plenty. */
export function fold_peaks(peaks: readonly number[], count = lines): number[] {
  if (peaks.length === 0) return [];
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((at + 1) * peaks.length) / count));
    return Math.round(Math.max(...peaks.slice(from, to)) * 100) / 100;
  });
}

/** Length and peaks of a sound that came without. */
export async function read_peaks(sound: Blob): Promise<{ seconds: number; peaks: number[] }> {
  const context = new OfflineAudioContext(1, 1, 16_000);
  const decoded = await context.decodeAudioData(await sound.arrayBuffer());
  const samples = decoded.getChannelData(0);
  const share = Math.max(1, Math.floor(samples.length / lines));
  const peaks = Array.from({ length: lines }, (_, at) => loudness(samples.subarray(at * share, (at + 1) * share)));
  return { seconds: decoded.duration, peaks: fold_peaks(peaks) };
}
