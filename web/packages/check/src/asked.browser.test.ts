// The crawler hears what a field asks for, however it says so.
import { expect, test } from 'vitest';
import { asked_in, number_asked } from './asked.ts';

function asked(markup: string): string {
  const place = document.createElement('div');
  place.innerHTML = markup;
  document.body.append(place);
  const field = place.querySelector('input, textarea, select')!;
  const found = number_asked(asked_in(field));
  place.remove();
  return found;
}

test.each([
  ['<input aria-label="Customer number">', 'Customer number'],
  ['<input autocomplete="one-time-code">', 'autocomplete one-time-code'],
  ['<input autocomplete="section-a cc-number">', 'autocomplete section-a cc-number'],
  ['<b id="a">Your case</b><input aria-labelledby="a">', 'Your case'],
  ['<p id="b">It stands beside the PIN</p><input aria-describedby="x b">', 'It stands beside the PIN'],
  ['<label>Reference <input></label>', 'Reference'],
  ['<label for="f">Order no. </label><input id="f">', 'Order no.'],
  ['<textarea placeholder="Ihre Kundennummer"></textarea>', 'Ihre Kundennummer'],
  ['<input aria-label="Kunden-Nr.">', 'Kunden-Nr.'],
  ['<input title="Bestellnr">', 'Bestellnr'],
  ['<input name="ticket">', 'ticket'],
  ['<input type="tel">', 'type tel'],
  ['<input inputmode="numeric">', 'inputmode numeric'],
  ['<select aria-label="Zugangscode"><option>1</option></select>', 'Zugangscode'],
])('%s asks for a number', (markup, words) => {
  expect(asked(markup)).toBe(words);
});

test.each([
  '<textarea aria-label="What was said, paid or avoided?"></textarea>',
  '<label for="case-1">Your email address or phone</label><input id="case-1" autocomplete="email" aria-describedby="number">',
  '<textarea aria-label="Write to Noor" class="id"></textarea>',
  '<input aria-label="Was macht Ihnen das Reden leichter?" placeholder="Zum Beispiel: bitte schreiben" autocomplete="off">',
  '<input type="file" aria-label="Dateien">',
])('%s does not', (markup) => expect(asked(markup)).toBe(''));
