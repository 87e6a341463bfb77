// What goes onto a web page. The closing tag is written in two parts, or a page that shows this text would end here.
import type { Id } from '@kith/wire';

export const snippet_for = (house: string, inbox: Id): string =>
  `<script async src="${house}/w/kith.js" data-inbox="${inbox}" data-unread></${'script'}>`;
