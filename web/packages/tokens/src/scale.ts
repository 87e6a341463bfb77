// What each person sets for herself: theme, text size, density. All of it is attributes of <html>; nothing is kept here.
import type { Density } from './tokens.ts';

export type Theme = 'system' | 'light' | 'dark';

export function set_theme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}

/** 90 to 140 per cent of the size the person's browser has. */
export function set_text_size(per_cent: number): void {
  const kept = Math.min(140, Math.max(90, Math.round(per_cent)));
  document.documentElement.style.setProperty('--text-scale', String(kept / 100));
}

export function set_density(density: Density): void {
  document.documentElement.dataset['density'] = density;
}
