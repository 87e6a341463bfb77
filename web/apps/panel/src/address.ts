// Where this page stands: inside somebody's website, or by itself. Both are the same app.
export interface Address {
  place: 'panel' | 'page';
  inbox: string | null; // null: the default one
  host: string | null; // exact origin of the website around it
  lang: string | null;
}

export function read_address(href: string, is_framed: boolean): Address {
  const { pathname, searchParams } = new URL(href);
  const [, first, second] = pathname.split('/');
  const place = first === 'hello' ? 'page' : 'panel';
  const inbox = (place === 'page' ? decodeURIComponent(second ?? '') : searchParams.get('inbox')) || null;
  const host = is_framed && place === 'panel' ? exact_origin(searchParams.get('host')) : null;
  return { place, inbox, host, lang: searchParams.get('lang') };
}

// Only what is an origin and nothing more; a page without one ("null") cannot be spoken with.
export function exact_origin(told: string | null): string | null {
  if (!told || !URL.canParse(told)) return null;
  const { origin, protocol } = new URL(told);
  return origin === told && (protocol === 'https:' || protocol === 'http:') ? told : null;
}
