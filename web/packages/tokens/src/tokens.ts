// Every colour, space, radius, shadow and size of type that a screen may use. tokens.css is written from this file
// (npm run tokens); components use only its variables.

export type Scheme = Readonly<Record<string, string>>;

export const light = {
  paper: '#FBF7F0',
  surface: '#FFFDF9',
  raised: '#FFFFFF',
  sunk: '#F4EDE2',
  line: '#E8DECF',
  edge: '#8F8373',
  ink: '#2A2521',
  'ink-2': '#5A5148',
  'ink-3': '#6F665B',
  pine: '#2B5A4C',
  'on-pine': '#FFFFFF',
  'pine-soft': '#DFECE5',
  'pine-ink': '#1E4539',
  'pine-press': '#234A3F',
  clay: '#A54A2A',
  'on-clay': '#FFFFFF',
  'clay-soft': '#F9E5D8',
  honey: '#7F5600',
  'honey-soft': '#FBEBC9',
  'honey-fill': '#E8B347',
  'on-honey': '#3B2800',
  plum: '#7A3E5D',
  'plum-soft': '#F4E3EB',
  sky: '#2E5D83',
  'sky-soft': '#E0ECF5',
  rose: '#A3303A',
  'on-rose': '#FFFFFF',
  'rose-soft': '#FBE4E2',
  focus: '#1B6A8C',
  here: '#438A6D',
  'ring-clay': '#E9C3A4',
  'ring-honey': '#E8C069',
  dots: '#8F8373',
  veil: '#2A252166',
  hover: '#2A25210D',
} as const satisfies Scheme;

export const dark = {
  paper: '#1A1714',
  surface: '#221E1A',
  raised: '#2B2621',
  sunk: '#14110F',
  line: '#3B342D',
  edge: '#8C8173',
  ink: '#F4EDE3',
  'ink-2': '#CCC2B5',
  'ink-3': '#A89D90',
  pine: '#93CAB5',
  'on-pine': '#0E231C',
  'pine-soft': '#21362E',
  'pine-ink': '#B9E0D1',
  'pine-press': '#A9D8C5',
  clay: '#EDA582',
  'on-clay': '#2B130A',
  'clay-soft': '#41281C',
  honey: '#EBC274',
  'honey-soft': '#3A2D14',
  'honey-fill': '#D9A63F',
  'on-honey': '#2B1D00',
  plum: '#E3ACC7',
  'plum-soft': '#3D2733',
  sky: '#9FC6E7',
  'sky-soft': '#22303D',
  rose: '#F2A7A3',
  'on-rose': '#2F0F0E',
  'rose-soft': '#432220',
  focus: '#7CC4E3',
  here: '#5FB092',
  'ring-clay': '#6B4632',
  'ring-honey': '#7A5D24',
  dots: '#A89D90',
  veil: '#0A0807B3',
  hover: '#F4EDE312',
} as const satisfies Record<keyof typeof light, string>;

/** Warm grounds behind a face or initials; the same in both schemes, with on-face written on them. */
export const faces = ['#F3D9C4', '#D5E4DA', '#E9D6E0', '#D8E3EE', '#F3E2B8'] as const;
export const on_face = '#4A3F35';

/** Colours of scheme-independent things: what is not ground nor text of a scheme. */
export const spaces = [4, 8, 12, 16, 24, 32, 48, 64] as const;
export const radii = [8, 14, 20, 28] as const;

/** px at the usual text size; written in rem so that the person's own size counts. */
export const type_sizes = [12.5, 13.5, 15, 17, 19, 23, 27, 33, 44] as const;

export const shadows = {
  light: {
    lift: '0 1px 2px rgb(60 40 20 / 0.06), 0 8px 24px rgb(60 40 20 / 0.07)',
    float: '0 2px 6px rgb(60 40 20 / 0.08), 0 24px 64px rgb(60 40 20 / 0.16)',
  },
  dark: {
    lift: '0 1px 2px rgb(0 0 0 / 0.24), 0 8px 24px rgb(0 0 0 / 0.2)',
    float: '0 2px 6px rgb(0 0 0 / 0.32), 0 24px 64px rgb(0 0 0 / 0.48)',
  },
} as const;

export const families = {
  ui: "'Figtree', 'Figtree stand-in', system-ui, sans-serif",
  voice: "'Newsreader', 'Newsreader stand-in', 'Newsreader stand-in 2', 'Newsreader stand-in 3', 'Newsreader stand-in 4', serif",
} as const;

/** How much air rows, bubbles and the log have. `cosy` is what the pictures show. */
export const densities = {
  roomy: { 'row-pad': 15, 'bubble-pad': 14, 'log-gap': 16 },
  cosy: { 'row-pad': 11, 'bubble-pad': 12, 'log-gap': 12 },
  tight: { 'row-pad': 7, 'bubble-pad': 8, 'log-gap': 8 },
} as const;

export type Density = keyof typeof densities;
