// The origin of whatever somebody copied from the address bar; https when nothing else is said.
export function origin_in(words: string): string | null {
  const text = words.trim();
  if (!text || /\s/.test(text)) return null;
  try {
    const url = new URL(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.origin : null;
  } catch {
    return null;
  }
}
