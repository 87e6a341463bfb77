// What a field asks for: how it says so to eyes, to ears, and to a browser that would fill it in by itself.
export interface Asked {
  readonly type: string;
  readonly inputmode: string;
  readonly autocomplete: string;
  readonly words: readonly string[]; // everything that names or explains it
}

// Runs in the page; nothing from outside may stand in it.
export function asked_in(field: Element): Asked {
  const attribute = (name: string) => field.getAttribute(name)?.trim() ?? '';
  const pointed_at = (name: string) =>
    attribute(name)
      .split(/\s+/)
      .map((id) => (id && document.getElementById(id)?.textContent?.trim()) || '');
  const labels = [...((field as HTMLInputElement).labels ?? [])].map((label) => label.textContent?.trim() ?? '');
  const named = ['aria-label', 'aria-description', 'aria-placeholder', 'placeholder', 'title', 'name'].map(attribute);
  const words = [...labels, ...named, ...pointed_at('aria-labelledby'), ...pointed_at('aria-describedby')];
  return {
    type: attribute('type') || field.tagName.toLowerCase(),
    inputmode: attribute('inputmode'),
    autocomplete: attribute('autocomplete'),
    words: words.filter((each) => each !== ''),
  };
}

const number_words =
  /\b(numbers?|nr|codes?|references?|case|ticket|account|id|pin|serial)\b|\bno\.$|nummer|kennung|kennzahl|aktenzeichen|vorgang|\bkonto|\p{L}(nr|code|konto)\b/iu;
// A browser that offers one of these has one to offer: of a card, of a message, of an account.
const number_fills = /one-time-code|\bcc-|transaction|postal-code|bday|\btel\b|username/;

/** What about it asks for a number, or nothing. A phone number is one; an address in words is not. */
export function number_asked({ type, inputmode, autocomplete, words }: Asked): string {
  if (/^(number|tel)$/.test(type)) return `type ${type}`;
  if (/^(numeric|decimal|tel)$/.test(inputmode)) return `inputmode ${inputmode}`;
  if (number_fills.test(autocomplete)) return `autocomplete ${autocomplete}`;
  return words.find((each) => number_words.test(each)) ?? '';
}
