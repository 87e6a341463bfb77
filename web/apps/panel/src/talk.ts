// The screens after the first word.
export { default as Spoken } from './Spoken.svelte';
export { default as Talk } from './Talk.svelte';
export { default as WaitScreen } from './WaitScreen.svelte';
