import '@kith/tokens/fonts.css';
import '@kith/tokens/tokens.css';
import '@kith/tokens/base.css';
import './desk.css';
import { DeskHouse } from '@kith/store/desk';
import { breathe } from '@kith/store/shared/breathe';
import { choose_locale } from '@kith/words';
import { mount } from 'svelte';
import App from './App.svelte';
import { open_talk } from './conversation/open_talk.ts';
import { place_of } from './shell/routes.ts';

// Each step by itself: together they would be one long one on a slow phone.
await breathe();
choose_locale();
const { room, parts } = place_of(location.pathname);
if (room === 'people' && parts[0]) open_talk.want();
// As long as it takes to see one's own typing error.
const house = new DeskHouse({ undo_ms: 5000 });
void house.start();
await breathe();
const place = document.getElementById('app');
if (place) mount(App, { target: place, props: { house } });
