// Writes packages/tokens/src/tokens.css from tokens.ts. With --check it only says whether the file is what tokens.ts gives.
import { readFileSync, writeFileSync } from 'node:fs';
import { tokens_css } from '../packages/tokens/src/css.ts';

const file = 'packages/tokens/src/tokens.css';

if (!process.argv.includes('--check')) {
  writeFileSync(file, tokens_css());
} else if (readFileSync(file, 'utf8') !== tokens_css()) {
  console.log(`web/${file} is not what tokens.ts says (npm run tokens)`);
  process.exit(1);
}
