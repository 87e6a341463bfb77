// The conversation as one page that needs nothing else: made here, from what is shown here. Every word goes in as text.
import { full_time, locale, locale_with_region, m, relative_day, short_time } from '@kith/words';
import { keep_file } from './keep_file.ts';
import { shown_file_name } from './names.ts';
import type { PanelView } from './view.svelte.ts';

const look =
  'body{max-width:40rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif;color:#222;background:#fff}h1{font-weight:500}h2{font-size:1rem;margin:2rem 0 .5rem;color:#555}article{margin:.75rem 0;break-inside:avoid}b{display:block}p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}small{color:#555}';

export function save_transcript(view: PanelView): void {
  // The look goes in as text: a style element of this page would fall under its content security policy.
  const page = transcript(view).documentElement.outerHTML.replace('</head>', `<style>${look}</style></head>`);
  keep_file(new Blob(['<!doctype html>\n', page], { type: 'text/html' }), `${file_name(view.organisation)}.html`);
}

export function transcript(view: PanelView): Document {
  const title = view.organisation ? m.panel_title({ organisation: view.organisation }) : m.panel_title_plain();
  const page = document.implementation.createHTMLDocument(title);
  const add = (to: Element, name: string, text = '') => to.appendChild(Object.assign(page.createElement(name), { textContent: text }));
  page.documentElement.lang = locale();
  add(page.head, 'meta').setAttribute('charset', 'utf-8');
  add(page.body, 'h1', title);
  add(page.body, 'small', m.panel_saved_on({ when: full_time(Date.now()) }));
  let day = '';
  for (const entry of view.house.entries) {
    const today = relative_day(entry.at);
    if (today !== day) add(page.body, 'h2', full_date(entry.at));
    day = today;
    const article = add(page.body, 'article');
    add(article, 'b', view.name_of(entry));
    add(article, 'small', short_time(entry.at));
    if (entry.taken_back) add(article, 'p', m.panel_taken_back());
    else if (entry.text) add(article, 'p', entry.text).setAttribute('dir', 'auto');
    for (const id of entry.taken_back ? [] : entry.attachments) add(article, 'p', `[${shown_file_name(view.house.file(id)?.name ?? '')}]`);
  }
  return page;
}

const full_date = (at: string) => new Intl.DateTimeFormat(locale_with_region(), { dateStyle: 'full' }).format(new Date(at));
const file_name = (words: string) =>
  words
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .trim()
    .slice(0, 60) || 'conversation';
