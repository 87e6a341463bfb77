// The button, the panel behind it, and what they tell each other and the host page. One closure, because names inside it cost
// no bytes on the pages of other people.
import { nearest } from '@kith/store/shared/who_greets';
import type { Site } from '@kith/wire';
import css from './door.css?inline';
import { heard } from './speech.ts';
import type { Level, ToPanel } from './speech.ts';
import { filled, words } from './words.ts';

declare global {
  interface Window {
    kith?: { identity_token?: string };
  }
}

export interface Door {
  turn: (to_open: boolean) => void;
  hang: () => void; // once, for as long as the page lives
}

const fresh_ms = 60_000;

const doc = document;
const script = doc.currentScript as HTMLScriptElement | null;
const home = /^\w+:\/\/[^/]+/.exec(script?.src ?? location.href)![0];
const { inbox, identityToken, unread: watches } = script?.dataset ?? {};

const made = <Name extends keyof HTMLElementTagNameMap>(name: Name, look: string): HTMLElementTagNameMap[Name] =>
  Object.assign(doc.createElement(name), { className: look });

export function door(host: HTMLElement, root: ShadowRoot): Door {
  // Elements of few kinds: each kind that a page has not met yet costs it a little.
  const face = made('b', 'face');
  const badge = made('b', 'unread');
  const button = made('button', 'away');
  const room = made('b', 'room');
  let frame: HTMLIFrameElement | null = null;
  let is_there = false; // the panel has knocked
  let is_open = false;
  let unread = 0;
  let organisation = '';
  let shown: string | null = null;
  let looked_at = 0;

  const say = (said: ToPanel) => is_there && frame?.contentWindow?.postMessage(said, home);
  const happened = (name: string, detail?: object) => host.dispatchEvent(new CustomEvent('kith:' + name, { bubbles: true, detail }));

  const make_room = () => {
    if (frame) return;
    frame = made('iframe', '');
    frame.title = filled(words.title, organisation);
    frame.allow = 'microphone; clipboard-write';
    // As the person's system has it, whatever the host page is.
    frame.style.colorScheme = 'light dark';
    frame.src = `${home}/panel/?${new URLSearchParams({ host: location.origin, lang: doc.documentElement.lang, inbox: inbox ?? '' })}`;
    room.append(frame);
    addEventListener('message', hear);
  };

  const turn = (to: boolean) => {
    if (to === is_open) return;
    make_room();
    is_open = to;
    room.classList.toggle('open', to);
    button.ariaExpanded = `${to}`;
    say({ kith: to ? 'opened' : 'closed' });
    happened(to ? 'open' : 'close');
    if (to) frame!.focus();
    // Only when it is ours to give back.
    else if (doc.activeElement === host) button.focus();
  };

  const show = (called: string, path: string | null, level: Level) => {
    const letter = () => (face.textContent = [...called][0]!);
    if (path && path !== shown) {
      const image = made('img', '');
      image.alt = '';
      // A host page may let no pictures of ours in.
      image.onerror = () => path === shown && letter();
      image.src = home + path;
      // At once: the page is laid out one time less.
      face.replaceChildren(image);
    } else if (!path && called) letter();
    shown = path;
    button.className = level;
    badge.hidden = !unread;
    badge.textContent = unread > 9 ? '9+' : `${unread}`;
    const name = called.slice(0, 60);
    button.ariaLabel = name ? `${filled(unread ? words.written : words.write_to, name)}, ${words.levels[level]}` : words.open;
  };

  // Who is there. Again when somebody comes back to this page; once the panel tells, it knows better.
  const look = async () => {
    if (doc.hidden || is_there || Date.now() - looked_at < fresh_ms) return;
    looked_at = Date.now();
    const answer = await fetch(`${home}/api/site/${inbox ?? 'default'}`, { credentials: 'omit' }).catch(() => null);
    if (!answer?.ok) return;
    const site = (await answer.json()) as Site;
    organisation = site.organisation;
    const human = nearest(site.team);
    if (human) show(human.called, human.face, human.level);
  };

  const hear = ({ source, origin, data }: MessageEvent) => {
    if (!frame || source !== frame.contentWindow || origin !== home) return;
    const said = heard(data);
    if (said?.kith === 'close') turn(false);
    if (said?.kith === 'knock') {
      is_there = true;
      say({ kith: 'come_in', identity_token: identityToken ?? window.kith?.identity_token ?? null, is_open });
      happened('ready');
    }
    if (said?.kith !== 'tell') return;
    const count = said.unread;
    const is_news = count !== unread;
    unread = count;
    show(said.called, said.face, said.level);
    if (is_news) happened('unread', { count });
  };

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  button.append(face, made('i', ''), badge);
  root.append(button, room);
  button.type = 'button';
  button.ariaExpanded = 'false';
  button.onclick = () => turn(!is_open);
  button.onpointerenter = button.onfocus = make_room;
  // In braces: a handler that gives back false would swallow the key.
  button.onkeydown = ({ key }) => {
    if (key === 'Escape') turn(false);
  };
  show('', null, 'away');

  return {
    turn,
    hang: () => {
      doc.addEventListener('visibilitychange', look);
      void look();
      if (watches !== undefined) setTimeout(make_room, 2000);
    },
  };
}
