// The gallery: every piece, to be looked at. ?theme=dark, ?lang=de, ?size=140, ?density=tight, ?dir=rtl, ?only=conversation.
import '@kith/tokens/fonts.css';
import '@kith/tokens/tokens.css';
import '@kith/tokens/base.css';
import { set_density, set_text_size, set_theme, type Theme } from '@kith/tokens/scale';
import type { Density } from '@kith/tokens';
import { choose_locale } from '@kith/words';
import { mount } from 'svelte';
import Gallery from './Gallery.svelte';

const wishes = new URLSearchParams(location.search);
choose_locale(wishes.get('lang') ?? 'en');
set_theme((wishes.get('theme') ?? 'system') as Theme);
set_text_size(Number(wishes.get('size') ?? 100));
set_density((wishes.get('density') ?? 'cosy') as Density);
if (wishes.get('dir') === 'rtl') document.documentElement.dir = 'rtl';

const place = document.getElementById('app');
if (place) mount(Gallery, { target: place, props: { only: wishes.get('only') } });
