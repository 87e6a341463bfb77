// TLS by certificate files, which are read again when they change.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect } from 'node:tls';
import { WebSocket } from 'ws';
import { create_colleague, password } from './harness/cast.ts';
import { House } from './harness/house.ts';
import { until } from './harness/waiting.ts';

let scratch: string;
let house: House;

function make_certificate(name: string): void {
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', join(scratch, 'new-key.pem'), '-out', join(scratch, 'new-cert.pem')]);
  assert.equal(made.status, 0, made.stderr.toString());
  renameSync(join(scratch, 'new-key.pem'), join(scratch, 'key.pem'));
  renameSync(join(scratch, 'new-cert.pem'), join(scratch, 'cert.pem'));
}

interface Told {
  status: number;
  cookies: string[];
  headers: NodeJS.Dict<string | string[]>;
}

function ask(port: number, method: string, path: string, body?: string): Promise<Told> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : {
      'content-type': 'application/json', 'content-length': Buffer.byteLength(body), origin: `https://127.0.0.1:${port}`,
    };
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, rejectUnauthorized: false, timeout: 5000 }, (incoming) => {
      incoming.resume();
      incoming.on('end', () => resolve({
        status: incoming.statusCode ?? 0, cookies: incoming.headers['set-cookie'] ?? [], headers: incoming.headers,
      }));
    });
    outgoing.on('error', reject);
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer')));
    outgoing.end(body);
  });
}

function fingerprint(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

before(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'kith-tls-'));
  make_certificate('first.example');
  house = await House.open({
    environment: { KITH_TLS_CERTIFICATE: join(scratch, 'cert.pem'), KITH_TLS_KEY: join(scratch, 'key.pem') },
    is_ready: (port) => ask(port, 'GET', '/readyz').then((told) => told.status === 200, () => false),
  });
});
after(async () => {
  await house?.close();
  rmSync(scratch, { recursive: true, force: true });
});

test('over TLS the cookie is bound to this host and never sent in the clear', async () => {
  const email = create_colleague(house, 'Tess');
  const told = await ask(house.port, 'POST', '/api/desk/session', JSON.stringify({ email, password }));
  assert.equal(told.status, 200);
  assert.match(told.cookies.join(), /^__Host-kith=[^;]+;.*Secure/i);
  assert.match(String(told.headers['strict-transport-security']), /max-age=\d+/);
});

test('old versions of TLS are refused', async () => {
  const refused = await new Promise<boolean>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: house.port, rejectUnauthorized: false, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' },
      () => { socket.destroy(); resolve(false); });
    socket.on('error', () => resolve(true));
  });
  assert.ok(refused);
});

test('a renewed certificate is used without a restart, and a broken one is not', async () => {
  const serves = (name: string): Promise<boolean> => fingerprint(house.port)
    .then((now) => now === new X509Certificate(readFileSync(join(scratch, 'cert.pem'))).fingerprint256 && name.length > 0, () => false);
  assert.ok(await serves('first'));
  make_certificate('second.example');
  await until('the new certificate is served', () => serves('second'), 60_000);
  const good = await fingerprint(house.port);
  spawnSync('sh', ['-c', `echo nonsense > ${join(scratch, 'cert.pem')}`]);
  await until('the house has looked at the broken one', () => house.log.includes('certificate_not_reloaded'), 60_000);
  assert.equal(await fingerprint(house.port), good, 'the last good one stays');
});

// A colleague's live connection over TLS, with the cookie that belongs there.
async function live_over_tls(cookie: string): Promise<{ socket: WebSocket; heard: () => string[] }> {
  const frames: string[] = [];
  const socket = new WebSocket(`wss://127.0.0.1:${house.port}/api/live`, {
    headers: { cookie }, origin: `https://127.0.0.1:${house.port}`, rejectUnauthorized: false, perMessageDeflate: false,
  });
  socket.on('message', (bytes) => frames.push(bytes.toString()));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.send(JSON.stringify({ type: 'hello', since: null }));
  await until('the live connection has caught up', () => frames.some((frame) => frame.includes('"caught_up"')));
  return { socket, heard: () => frames };
}

test('a live connection works over TLS, and lives on when the certificate is renewed', { timeout: 120_000 }, async () => {
  const email = create_colleague(house, 'Lena');
  const signed_in = await ask(house.port, 'POST', '/api/desk/session', JSON.stringify({ email, password }));
  const cookie = signed_in.cookies.map((line) => line.split(';')[0]).join('; ');
  const first = await live_over_tls(cookie);
  const before = await fingerprint(house.port);
  make_certificate('third.example');
  await until('the new certificate is served', async () => (await fingerprint(house.port).catch(() => before)) !== before, 60_000);
  const second = await live_over_tls(cookie);
  assert.equal(first.socket.readyState, WebSocket.OPEN, 'who was connected stays connected');
  const large = 'x'.repeat(30_000);
  for (const { socket } of [first, second]) socket.send(JSON.stringify({ type: 'presence', level: 'gentle' }));
  for (const { socket } of [first, second]) socket.send(JSON.stringify({ type: 'ping' }));
  first.socket.send(JSON.stringify({ type: 'typing', conversation: large }));
  for (const { heard } of [first, second]) {
    await until('a pong', () => heard().some((frame) => frame.includes('"pong"')));
    await until('what the other said', () => heard().some((frame) => frame.includes('"presence"') && frame.includes('gentle')));
  }
  await until('a long frame is understood over TLS too', () => first.heard().some((frame) => frame.includes('"problem"')));
  for (const { socket } of [first, second]) {
    const gone = new Promise((resolve) => socket.once('close', resolve));
    socket.close();
    await gone;
  }
});

test('plain HTTP on the TLS port is answered by nobody', async () => {
  const told = await house.asker().get('/healthz').then((answer) => answer.status, () => 0);
  assert.ok(told === 0 || told === 400, String(told));
});
