// What is said on a screen, by its key, as the apps write it: said.panel_write_to({ name: 'Noor' }). A sentence that is put
// differently breaks no test; one that is gone does.
import de from '../../words/messages/de.json' with { type: 'json' };
import en from '../../words/messages/en.json' with { type: 'json' };

type Key = Exclude<keyof typeof en, '$schema'>;
type Fill = Readonly<Record<string, string | number>>;

function words(messages: Record<Key, unknown>, key: Key, fill: Fill): string {
  const message = messages[key];
  if (typeof message !== 'string') throw new Error(`${key} has no words, or several forms of them`);
  return message.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = fill[name];
    if (value === undefined) throw new Error(`${key} wants ${name}`);
    return String(value);
  });
}

const said_in = (messages: Record<Key, unknown>) =>
  new Proxy({} as Record<Key, (fill?: Fill) => string>, {
    get:
      (_, key) =>
      (fill: Fill = {}) =>
        words(messages, key as Key, fill),
  });

export const said = said_in(en);
export const said_in_german = said_in(de);
