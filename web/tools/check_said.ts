// Every message is said somewhere: an app or a package says it as `m.KEY`, the loader takes it from the file by its name. What
// only a test says, nobody hears. And where the documentation sends people to a page of the settings, it has that name.
import { readFileSync } from 'node:fs';
import { files_in } from './files.ts';

const words = JSON.parse(readFileSync('packages/words/messages/en.json', 'utf8')) as Record<string, unknown>;
const messages = Object.keys(words).filter((key) => key !== '$schema');

function unsaid(): string[] {
  const not_heard = /\.test\.ts$|\/(test|testing|gallery|check)\//;
  const said = new Set<string>();
  for (const path of files_in(['packages', 'apps']).filter((each) => /\.(ts|svelte)$/.test(each) && !not_heard.test(each))) {
    const pattern = path.startsWith('apps/loader/') ? /\b(loader_\w+)/g : /\bm\.(\w+)/g;
    for (const found of readFileSync(path, 'utf8').matchAll(pattern)) said.add(found[1] ?? '');
  }
  return messages.filter((key) => !said.has(key)).map((key) => `${key}: nobody says it; take it out of the messages`);
}

function called_otherwise(): string[] {
  const pages = new Set(messages.filter((key) => key.startsWith('desk_set_')).map((key) => words[key]));
  const docs = ['../README.md', ...files_in(['../docs']).filter((path) => /\.(md|mjs|py)$/.test(path))];
  return docs.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/Settings, "([^"\n]+)"/g)]
      .filter((found) => !pages.has(found[1]))
      .map((found) => `${path}: no page of the settings is called “${found[1]}”`),
  );
}

const complaints = [...unsaid(), ...called_otherwise()];
for (const complaint of complaints) console.log(complaint);
console.log(`said: ${messages.length} messages, ${complaints.length} complaints`);
process.exit(complaints.length > 0 ? 1 : 0);
