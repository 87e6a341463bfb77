// Reads every message, and every word of the pages that the program writes itself, for words we never say, in both languages (a
// she or a he among them: a message knows a name, no more), and for feelings: what the software says has none. A feeling may stand only in words a person chooses to send in her own
// name (keys that begin with `own_`). tone.json holds the words; its `allowed` names a message and the word that is right there.
import { readFileSync } from 'node:fs';

type Tone = {
  never: Record<string, string[]>;
  begins: string[];
  feelings: Record<string, string[]>;
  allowed: Record<string, string[]>;
};

const languages = ['en', 'de'];
const tone = JSON.parse(readFileSync('tools/tone.json', 'utf8')) as Tone;
const read = (language: string) => JSON.parse(readFileSync(`packages/words/messages/${language}.json`, 'utf8')) as Record<string, unknown>;

// The pages for browsers without scripts and for newcomers have their words in C++: `constexpr ... kEnglish{.key = "words", ...};`.
const pages = ['../src/http/hello_words.cc', '../src/server/start_page_words.cc'];
function read_page(path: string, language: string): Record<string, unknown> {
  const name = language === 'de' ? 'kGerman' : 'kEnglish';
  const body = new RegExp(`constexpr \\w+ ${name}\\{\\n([\\s\\S]*?)\\n\\};`).exec(readFileSync(path, 'utf8'))?.[1];
  if (!body) throw new Error(`${path} has no ${name}`);
  const area = /(\w+?)(?:_words)?\.cc$/.exec(path)?.[1] ?? '';
  return Object.fromEntries(
    body
      .split(/^ *\./m)
      .filter((part) => part.trim() !== '')
      .map((part) => {
        const literals = [...part.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((found) => found[1] ?? '');
        // A list of words has commas between its literals; a long sentence has not.
        return [`${area}_${/^\w+/.exec(part)?.[0] ?? ''}`, literals.join(/"\s*,\s*"/.test(part) ? ' ' : '')];
      }),
  );
}

const everything = (language: string): Record<string, unknown> =>
  Object.assign({}, read(language), ...pages.map((path) => read_page(path, language))) as Record<string, unknown>;

// What is shown: without names of inputs and of the variants.
function shown(message: unknown): string[] {
  if (typeof message === 'string') return [message.replace(/\{[^}]*\}/g, ' ')];
  if (Array.isArray(message))
    return message.flatMap((variant) =>
      shown(Object.values((variant as { match?: object }).match ?? {})).concat(
        Array.isArray(variant) ? shown(variant) : typeof variant === 'string' ? shown(variant) : [],
      ),
    );
  return [];
}

function says(text: string, word: string): boolean {
  const open_end = tone.begins.includes(word) || word.endsWith('i') ? '' : "(?:s|'s|en|n|er)?(?![\\p{L}])";
  return new RegExp(`(?<![\\p{L}])${word}${open_end}`, 'iu').test(text);
}

function complaints_about(language: string, key: string, text: string): string[] {
  const allowed = tone.allowed[key] ?? [];
  const wrong = (words: readonly string[]) => words.filter((word) => !allowed.includes(word) && says(text, word));
  const never = wrong(tone.never[language] ?? []).map((word) => `we never say “${word}”`);
  const feelings = key.startsWith('own_') ? [] : wrong(tone.feelings[language] ?? []).map((word) => `software has no feelings: “${word}”`);
  const numbers = /#\s?\d|\bNr\. ?\d|\bno\. ?\d/i.test(text) ? ['a person and a conversation have no number'] : [];
  return [...never, ...feelings, ...numbers].map((words) => `${language} ${key}: ${words}: ${text}`);
}

function without_twin(): string[] {
  const [en = {}, de = {}] = languages.map(everything);
  const missing = (from: object, other: object, name: string) =>
    Object.keys(from)
      .filter((key) => !(key in other))
      .map((key) => `${name} lacks ${key}`);
  return [...missing(en, de, 'de'), ...missing(de, en, 'en')];
}

const messages = languages.flatMap((language) =>
  Object.entries(everything(language))
    .filter(([key]) => key !== '$schema')
    .map(([key, message]) => ({ language, key, message })),
);
const badly_named = [...new Set(messages.map(({ key }) => key).filter((key) => !/^[a-z]+(_[a-z0-9]+)+$/.test(key)))].map(
  (key) => `${key}: a key is area_meaning`,
);
const found = [
  ...without_twin(),
  ...badly_named,
  ...messages.flatMap(({ language, key, message }) => shown(message).flatMap((text) => complaints_about(language, key, text))),
];
for (const words of found) console.log(words);
console.log(`tone: ${messages.length} messages, ${found.length} complaints`);
process.exit(found.length > 0 ? 1 : 0);
