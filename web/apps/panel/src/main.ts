import '@kith/tokens/fonts.css';
import '@kith/tokens/tokens.css';
import '@kith/tokens/base.css';
import './panel.css';
import { breathe } from '@kith/store/shared/breathe';
import { notice_when_left_behind } from '@kith/store/shared/left_behind';
import { VisitorHouse } from '@kith/store/visitor';
import { choose_locale } from '@kith/words';
import { mount } from 'svelte';
import App from './App.svelte';
import { read_address } from './address.ts';
import { Glass } from './glass.svelte.ts';
import { pen_of } from './pen_of.ts';
import { site_in } from './site_in_page.ts';
import { PanelView } from './view.svelte.ts';

// Each step by itself: together they would be one long one on a slow phone.
await breathe();
const { place, inbox, host, lang } = read_address(location.href, window.parent !== window);
choose_locale(lang);
document.documentElement.dataset['place'] = place;

const glass = new Glass(host);
await glass.knock();
await breathe();
const house = new VisitorHouse({ inbox, identity_token: glass.identity_token, site: site_in(document) });
await house.start();
await breathe();
const view = new PanelView(house, glass, place);
const target = document.getElementById('app');
if (target) {
  // Without scripts the full page is a form that the house wrote; from here on it is us. What she wrote into it meanwhile stays.
  const form_field = target.querySelector('textarea');
  const words = form_field?.value.trim() ?? '';
  if (words) house.draft = house.draft ? `${house.draft}\n${words}` : words;
  const was_writing = form_field !== null && document.activeElement === form_field;
  target.replaceChildren();
  mount(App, { target, props: { view } });
  if (was_writing) (await pen_of(target))?.focus();
  const anew = () => {
    house.carry_over();
    location.reload();
  };
  notice_when_left_behind({ take: anew });
}
