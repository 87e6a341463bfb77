// All that a conversation is made of. Behind the list, which is there sooner for it.
import { Fetched } from '@kith/store/shared/fetched.svelte';

export const open_talk = new Fetched(() => import('./OpenTalk.svelte'));
