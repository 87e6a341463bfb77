import { describe, expect, it } from 'vitest';
import { asked_at, mentioned, named } from './mentions.ts';

const colleague = (id: string, called: string) => ({ id, called, face: null, hello_line: '', is_in_team: true });
const team = [colleague('1', 'Mira Holm'), colleague('2', 'Jonas'), colleague('3', 'Mira Žák')];

describe('calling a colleague', () => {
  it('begins with an @ at the beginning of a word', () => {
    expect(asked_at('Hello @Mi', 9)).toEqual({ from: 6, words: 'Mi' });
    expect(asked_at('(@', 2)).toEqual({ from: 1, words: '' });
    expect(asked_at('mail@shop', 9)).toBeNull();
    expect(asked_at('Hello @Mira it', 14)).toBeNull();
  });

  it('finds by any part of a name, whoever is in first', () => {
    expect(named('ži', team, () => false)).toEqual([]);
    expect(named('žá', team, () => false).map((one) => one.id)).toEqual(['3']);
    expect(named('m', team, (id) => id === '3').map((one) => one.id)).toEqual(['3', '1']);
  });

  it('means the one whose whole name is written, when two share a first name', () => {
    expect(mentioned('@Mira Žák could you look?', team)).toEqual(['3']);
    expect(mentioned('@jonas, please', team)).toEqual(['2']);
  });

  it('does not take a part of another word for a name', () => {
    expect(mentioned('@Jonasson', team)).toEqual([]);
    expect(mentioned('Jonas', team)).toEqual([]);
  });
});
