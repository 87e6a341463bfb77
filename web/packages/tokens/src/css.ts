// tokens.ts as CSS variables.
import { dark, densities, faces, families, light, on_face, radii, shadows, spaces, type_sizes } from './tokens.ts';

type Values = readonly (readonly [string, string])[];

const lines = (values: Values, indent: string) => values.map(([name, value]) => `${indent}--${name}: ${value};`).join('\n');

function scheme(colours: Readonly<Record<string, string>>, shadow: Readonly<Record<string, string>>): Values {
  return [...Object.entries(colours).map(([name, value]) => [name, value.toLowerCase()] as const), ...Object.entries(shadow)];
}

const numbered = (letter: string, values: readonly string[]): Values => values.map((value, at) => [`${letter}${at + 1}`, value] as const);

const same_in_both: Values = [
  ...Object.entries(families),
  ...numbered(
    's',
    spaces.map((px) => `${px}px`),
  ),
  ...numbered(
    'r',
    radii.map((px) => `${px}px`),
  ),
  ...numbered(
    't',
    type_sizes.map((px) => `${px / 16}rem`),
  ),
  ...numbered(
    'face-',
    faces.map((colour) => colour.toLowerCase()),
  ),
  ['on-face', on_face.toLowerCase()],
  ['touch', '44px'],
  ['hairline', '1px solid var(--line)'],
  ['soon', '160ms ease-out'],
  ['arrive', '240ms cubic-bezier(0.2, 0.8, 0.3, 1)'],
  ['text-scale', '1'],
];

const density = (name: keyof typeof densities): Values => Object.entries(densities[name]).map(([what, px]) => [what, `${px}px`] as const);

export function tokens_css(): string {
  return `/* Written from tokens.ts by \`npm run tokens\`. */
:root {
  color-scheme: light dark;
${lines([...same_in_both, ...scheme(light, shadows.light), ...density('cosy')], '  ')}
}

@media (prefers-color-scheme: dark) {
  :root:not([data-theme='light']) {
${lines(scheme(dark, shadows.dark), '    ')}
  }
}

:root[data-theme='light'] {
  color-scheme: light;
}

:root[data-theme='dark'] {
  color-scheme: dark;
${lines(scheme(dark, shadows.dark), '  ')}
}

:root[data-density='roomy'] {
${lines(density('roomy'), '  ')}
}

:root[data-density='tight'] {
${lines(density('tight'), '  ')}
}
`;
}
