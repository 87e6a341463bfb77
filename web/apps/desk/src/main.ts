import '@kith/tokens/fonts.css';
import '@kith/tokens/tokens.css';
import '@kith/tokens/base.css';
import './desk.css';
import { DeskHouse } from '@kith/store/desk';
import { choose_locale } from '@kith/words';
import { mount } from 'svelte';
import App from './App.svelte';

choose_locale();
// As long as it takes to see one's own typing error.
const house = new DeskHouse({ undo_ms: 5000 });
void house.start();
const place = document.getElementById('app');
if (place) mount(App, { target: place, props: { house } });
