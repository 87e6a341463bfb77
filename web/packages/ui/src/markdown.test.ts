import { describe, expect, test } from 'vitest';
import { blocks, inline, plain_words, safe_address, type Inline } from './markdown.ts';
import { initials_of, ground_of } from './faces.ts';
import { marked } from './writing.ts';

const links = (text: string) => {
  const all = (nodes: readonly Inline[]): string[] =>
    nodes.flatMap((node) => (node.kind === 'link' ? [node.href] : 'inside' in node ? all(node.inside) : []));
  return all(inline(text));
};

describe('marks', () => {
  test('become bold, italic, code and gone', () => {
    expect(inline('a **b** *c* `d` ~~e~~').map((node) => node.kind)).toEqual([
      'text',
      'bold',
      'text',
      'italic',
      'text',
      'code',
      'text',
      'gone',
    ]);
  });

  test('stand inside one another', () => {
    expect(inline('**a *b***')).toEqual([
      {
        kind: 'bold',
        inside: [
          { kind: 'text', text: 'a ' },
          { kind: 'italic', inside: [{ kind: 'text', text: 'b' }] },
        ],
      },
    ]);
  });

  test('stay letters where they are letters', () => {
    for (const text of ['2*3*4', 'snake_case_word', 'a * b * c', '** **', '*', '5 * 3', '`', '~~', '@nobody', '[a](b)']) {
      expect(inline(text)).toEqual([{ kind: 'text', text }]);
    }
  });

  test('lose no letter, whatever is written', () => {
    const told = (nodes: readonly Inline[]): string => nodes.map((node) => ('inside' in node ? told(node.inside) : node.text)).join('');
    for (const text of [
      'Hello 🙂 https://a.example/b. Bye',
      'mail a_b@c.example, please',
      '<b onclick=x>hi</b>',
      '**a',
      '[a](javascript:alert(1))',
      'مرحبا @Mira',
    ]) {
      expect(told(inline(text, ['Mira']))).toBe(text);
    }
  });
});

describe('addresses', () => {
  test('are found without the end of the sentence', () => {
    expect(links('see https://a.example/b_c?d=1, or (http://b.example/x).')).toEqual(['https://a.example/b_c?d=1', 'http://b.example/x']);
    expect(links('https://a.example/a_(b)')).toEqual(['https://a.example/a_(b)']);
    expect(links('www.kith.example!')).toEqual(['https://www.kith.example']);
    expect(links('write to ingrid.l@lund.example.')).toEqual(['mailto:ingrid.l@lund.example']);
    expect(links('[our page](https://kith.example)')).toEqual(['https://kith.example']);
  });

  test('that run something are never followed', () => {
    for (const bad of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc',
      '//a.example',
      'https://',
      ' https://a.example',
      'blob:https://a',
    ]) {
      expect(safe_address(bad)).toBeNull();
      expect(links(`[x](${bad})`).filter((href) => !href.startsWith('https://a'))).toEqual([]);
    }
  });
});

test('names after @ are set apart, the longest first, and only those we know', () => {
  const found = inline('@Mira Lund and @Mira, not @Miranda', ['Mira', 'Mira Lund']).filter((node) => node.kind === 'mention');
  expect(found).toEqual([
    { kind: 'mention', text: '@Mira Lund' },
    { kind: 'mention', text: '@Mira' },
  ]);
});

test('lists, quotes, code and paragraphs are told apart', () => {
  const found = blocks('Hi\nthere\n\n- a\n- b\n3. c\n> q\n```\n<x>\n```\nend');
  expect(found.map((block) => block.kind)).toEqual(['paragraph', 'list', 'list', 'quote', 'code', 'paragraph']);
  expect(found[2]).toMatchObject({ ordered: true, start: 3 });
  expect(found[4]).toEqual({ kind: 'code', text: '<x>' });
});

test('a row in a list shows the words without their marks', () => {
  expect(plain_words('**Hi** [there](https://a.example)\n- one\n- two')).toBe('Hi there one, two');
});

test('no text takes long', () => {
  const hostile = [
    '*',
    '**',
    '_',
    '`',
    '~~',
    '[',
    '](',
    '[a](',
    '@',
    'a@',
    'www.',
    'https://',
    '> ',
    '- ',
    '**a *b ',
    '\u202e',
    'a.b+c@d.',
  ];
  // Of this process alone, not on the wall: what else the machine does counts for nothing. It takes a twentieth of this.
  const began = process.cpuUsage();
  for (const part of hostile) blocks(part.repeat(Math.ceil(50_000 / part.length)), ['a', 'b']);
  const used = process.cpuUsage(began);
  expect(Math.max(...Object.values(used)) / 1000).toBeLessThan(8000);
});

test('initials are whole letters of any script', () => {
  expect(['Ingrid Lindqvist', 'Mira', 'Tomáš de la Novák', '  ', '李 小龙', '🙂 Bo', 'éa'].map(initials_of)).toEqual([
    'IL',
    'M',
    'TN',
    '',
    '李小',
    'B',
    'É',
  ]);
});

test('people get all the colours', () => {
  const seen = new Set(Array.from({ length: 60 }, (_, at) => ground_of(`018f-${at}`)));
  expect([...seen].toSorted()).toEqual([1, 2, 3, 4, 5]);
});

test('a mark put on twice is taken off', () => {
  for (const mark of ['bold', 'italic', 'list', 'quote'] as const) expect(marked(marked('a\nb', mark), mark)).toBe('a\nb');
  expect(marked('a\nb', 'list')).toBe('- a\n- b');
});
