// Every browser test sees the pieces as people do: with our colours, type and words.
import '@kith/tokens/fonts.css';
import '@kith/tokens/tokens.css';
import '@kith/tokens/base.css';
import { choose_locale } from '@kith/words';
import { beforeEach } from 'vitest';

beforeEach(() => void choose_locale('en-GB'));
