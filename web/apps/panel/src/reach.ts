// How somebody can be reached, out of what she wrote in one field. Nobody is asked which of the two it is.
export interface Reach {
  kind: 'email' | 'phone';
  value: string;
}

export function reached_at(written: string): Reach | null {
  const value = written
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]/gu, '')
    .trim();
  if (/^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]{2,}$/.test(value) && value.length <= 254) return { kind: 'email', value };
  const phone = value.replace(/[\s()./-]/g, '');
  if (/^\+?\d{5,15}$/.test(phone)) return { kind: 'phone', value: phone };
  return null;
}
