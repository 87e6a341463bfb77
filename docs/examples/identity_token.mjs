// Says who a signed-in customer is, for the Kith panel on your pages. Runs as it is:
//   KITH_SECRET=... node identity_token.mjs ISSUER INBOX CUSTOMER [NAME] [EMAIL]
import { createHmac } from 'node:crypto';
import { argv, env } from 'node:process';
import { pathToFileURL } from 'node:url';

const packed = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

export function identity_token({ secret, issuer, inbox, customer, name, email }) {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    aud: inbox,
    sub: customer, // your own id of this customer; it never changes
    iat: now,
    exp: now + 15 * 60,
    ...(name ? { name } : {}),
    // Only when you have seen that the address is hers.
    ...(email ? { email, email_verified: true } : {}),
  };
  const signed = `${packed({ alg: 'HS256', typ: 'JWT' })}.${packed(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  const [issuer, inbox, customer, name, email] = argv.slice(2);
  console.log(identity_token({ secret: env.KITH_SECRET, issuer, inbox, customer, name, email }));
}
