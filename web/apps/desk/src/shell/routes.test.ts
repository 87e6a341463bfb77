import { describe, expect, it } from 'vitest';
import { origin_in } from '../door/origin_in.ts';
import { sample_in } from '../door/secrets.ts';
import { entry_path, path_to, place_of, settings_path } from './routes.ts';

describe('addresses of the desk', () => {
  it('say where somebody is', () => {
    expect(place_of('/desk/')).toEqual({ room: 'people', parts: [], secret: '' });
    expect(place_of('/desk/people/a/entry/b')).toEqual({ room: 'people', parts: ['a', 'entry', 'b'], secret: '' });
    expect(place_of('/desk/settings/team').parts).toEqual(['team']);
    expect(place_of('/desk/join', '#abc%20d').secret).toBe('abc d');
  });

  it('are read back as they were made', () => {
    expect(place_of(entry_path('c', 'e')).parts).toEqual(['c', 'entry', 'e']);
    expect(place_of(path_to('people', 'a/b?')).parts).toEqual(['a/b?']);
    expect(place_of(settings_path()).room).toBe('settings');
  });

  it('that are broken lead somewhere all the same', () => {
    expect(place_of('/desk/people/%E0%A4%A', '#%')).toEqual({ room: 'people', parts: ['%E0%A4%A'], secret: '%' });
  });
});

describe('what stands behind the #', () => {
  it('signs in to the sample', () => {
    expect(sample_in('sample=mara@sample.kith.example:ab-cd:ef')).toEqual({ email: 'mara@sample.kith.example', password: 'ab-cd:ef' });
    expect(sample_in('sample=mara')).toBeNull();
    expect(sample_in('something')).toBeNull();
  });
});

describe('the address of a page', () => {
  it('is taken as people copy it', () => {
    expect(origin_in(' https://shop.example/lamps?x=1 ')).toBe('https://shop.example');
    expect(origin_in('shop.example')).toBe('https://shop.example');
    expect(origin_in('http://127.0.0.1:8080/a')).toBe('http://127.0.0.1:8080');
  });

  it('is none when it is none', () => {
    for (const words of ['', 'our shop', 'javascript:alert(1)', 'ftp://shop.example']) expect(origin_in(words)).toBeNull();
  });
});
