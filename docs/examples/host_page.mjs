// A website of yours with Kith on it, to try the hand-over of a signed-in customer and the events. Runs as it is:
//   KITH_SECRET=... node host_page.mjs KITH ISSUER INBOX [PORT]
// Then allow http://127.0.0.1:PORT on the desk (Settings, "Our site") and open it.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { argv, env } from 'node:process';
import { identity_token } from './identity_token.mjs';

const [kith = 'http://127.0.0.1:8080', issuer, inbox, port = '8090'] = argv.slice(2);
const people = { ingrid: { customer: 'customer-77', name: 'Ingrid', email: 'ingrid@example.org' } };

// Your website knows who is signed in; this one believes the address: /?as=ingrid, or / for nobody.
function page(who, nonce) {
  const token = who ? identity_token({ secret: env.KITH_SECRET, issuer, inbox, ...who }) : '';
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>A website with Kith on it</title>
  <h1>${who ? `Good morning, ${who.name}` : 'Good morning'}</h1>
  <p>${who ? '<a href="/">Sign out</a>' : '<a href="/?as=ingrid">Sign in as Ingrid</a>'}</p>
  <p><button id="write">Write to us</button></p>
  <h2>What the door says</h2>
  <ol id="events"></ol>
  <script nonce="${nonce}">
    for (const name of ['ready', 'open', 'close', 'unread'])
      document.addEventListener('kith:' + name, ({ type, detail }) => {
        const line = document.createElement('li');
        line.textContent = type + (detail ? ' ' + JSON.stringify(detail) : '');
        document.getElementById('events').append(line);
      });
    document.getElementById('write').onclick = () => document.querySelector('kith-door').open();
  </script>
  <script async src="${kith}/w/kith.js" data-inbox="${inbox}"${token && ` data-identity-token="${token}"`} data-unread></script>
</html>`;
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://host');
  if (pathname !== '/') return response.writeHead(404).end();
  const nonce = randomBytes(16).toString('base64');
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store', // a token is for one person and a quarter of an hour
    'content-security-policy': `default-src 'none'; script-src ${kith} 'nonce-${nonce}'; frame-src ${kith}; connect-src ${kith}; img-src ${kith}`,
  });
  response.end(page(people[searchParams.get('as')], nonce));
});
server.listen(Number(port), '127.0.0.1', () => console.log(`open http://127.0.0.1:${server.address().port}/?as=ingrid`));
