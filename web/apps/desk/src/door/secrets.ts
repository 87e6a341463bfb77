// What may stand behind the # of an address.

// "sample=EMAIL:PASSWORD": the sign-in of an invented colleague, printed by `kith serve --sample`.
export function sample_in(secret: string): { email: string; password: string } | null {
  const found = /^sample=([^:]+):(.+)$/.exec(secret);
  return found?.[1] && found[2] ? { email: found[1], password: found[2] } : null;
}
