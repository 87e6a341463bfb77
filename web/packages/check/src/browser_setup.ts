// Every browser test sees the pieces as people do: with our colours, type and words.
import '@kith/tokens/fonts.css';
import '@kith/tokens/tokens.css';
import '@kith/tokens/base.css';
import { choose_locale } from '@kith/words';
import { beforeEach, vi } from 'vitest';

beforeEach(() => void choose_locale('en-GB'));

// What a busy machine shows late is not wrong.
const wait = vi.waitFor.bind(vi);
vi.waitFor = (is_so, options) => wait(is_so, options ?? 20_000);
