// What may be said about anything one can press, beyond its own words. Named one by one: spreading attributes would bring in
// everything Svelte knows about any attribute, several kilobytes of it.
import type { Snippet } from 'svelte';
import type { HTMLInputAttributes, HTMLTextareaAttributes } from 'svelte/elements';

export type Touchable = {
  id?: string | undefined;
  'aria-haspopup'?: 'menu' | 'dialog' | 'listbox' | undefined;
  'aria-expanded'?: boolean | undefined;
  'aria-controls'?: string | undefined;
  'aria-current'?: 'page' | 'true' | undefined;
  'aria-describedby'?: string | undefined;
  'aria-keyshortcuts'?: string | undefined;
  download?: string | undefined;
  target?: '_blank' | undefined;
  onclick?: ((event: MouseEvent) => void) | undefined;
};

export type ButtonProps = Touchable & {
  kind?: 'main' | 'soft' | 'line' | 'plain' | 'warm' | 'danger';
  size?: 'usual' | 'small';
  icon?: string | undefined;
  icon_after?: string | undefined;
  busy?: boolean;
  disabled?: boolean;
  pressed?: boolean | undefined;
  wide?: boolean;
  href?: string | undefined;
  type?: 'button' | 'submit';
  form?: string | undefined;
  label?: string | undefined;
  title?: string | undefined;
  element?: HTMLElement | undefined;
  children: Snippet;
};

export type InputWishes = Pick<
  HTMLInputAttributes,
  | 'type'
  | 'name'
  | 'placeholder'
  | 'autocomplete'
  | 'required'
  | 'readonly'
  | 'disabled'
  | 'minlength'
  | 'maxlength'
  | 'min'
  | 'max'
  | 'step'
  | 'pattern'
  | 'inputmode'
  | 'enterkeyhint'
  | 'autocapitalize'
  | 'spellcheck'
  | 'oninput'
  | 'onchange'
  | 'onkeydown'
  | 'onfocus'
  | 'onblur'
>;

export type AreaWishes = Pick<
  HTMLTextareaAttributes,
  | 'name'
  | 'placeholder'
  | 'required'
  | 'disabled'
  | 'maxlength'
  | 'enterkeyhint'
  | 'spellcheck'
  | 'oninput'
  | 'onkeydown'
  | 'onpaste'
  | 'onfocus'
  | 'onblur'
>;
