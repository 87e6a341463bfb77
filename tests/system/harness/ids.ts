// What a client makes by itself: ids (UUID version 7), visit tokens, codes of a second factor, signed tokens of a website.
import { createHmac, randomBytes } from 'node:crypto';

/** `random`: 16 bytes, of which the time takes the place of the first six. */
export function new_id(random: Uint8Array = randomBytes(16)): string {
  const bytes = Buffer.from(random);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const text = bytes.toString('hex');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

export function new_secret(): string {
  return randomBytes(32).toString('base64url');
}

function read_base32(text: string): Buffer {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const letter of text.replace(/=+$/, '')) bits += letters.indexOf(letter).toString(2).padStart(5, '0');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => parseInt(byte, 2)));
}

// RFC 6238 with SHA-1, six digits, 30 s: what authenticators show `steps` steps from now.
export function totp(secret: string, steps = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac('sha1', read_base32(secret)).update(counter).digest();
  const offset = digest.at(-1)! & 0x0f;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

export interface Claims {
  iss?: string;
  aud?: string;
  sub?: string;
  exp?: number;
  name?: string;
  [other: string]: unknown;
}

// A JWT as the host website's server would sign it; `header` and `secret` can be wrong on purpose.
export function sign_jwt(claims: Claims, secret: string, header: Record<string, unknown> = { alg: 'HS256', typ: 'JWT' }): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part(header)}.${part(claims)}`;
  const mac = createHmac('sha256', secret).update(signed).digest('base64url');
  return `${signed}.${mac}`;
}
