// Recording a voice note, and hearing it.
export { fold_peaks, read_peaks } from './peaks.ts';
export { Player } from './player.svelte.ts';
export { can_record, Recorder, type VoiceNote } from './recorder.svelte.ts';
export { default as Waveform } from './Waveform.svelte';
