// Ids are made where things are written, so that saying something twice is harmless. `crypto.randomUUID` is not used: it is
// missing on plain HTTP, where a small team may run its house.
let last_ms = 0;
let counter = 0;

// A UUID of version 7: its first half is the time and grows within a page even when the clock stands still or steps back.
export function new_id(now = Date.now()): string {
  if (now > last_ms) {
    last_ms = now;
    counter = 0;
  } else if (++counter > 0xfff) {
    ++last_ms;
    counter = 0;
  }
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  bytes[0] = (bytes[0]! & 0x3f) | 0x80;
  const time = last_ms.toString(16).padStart(12, '0');
  const tail = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

// 32 random bytes as base64url: the token of a visit that its visitor made herself.
export function new_secret(): string {
  const text = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
