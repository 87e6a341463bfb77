// The line against the real house: what it promises holds for the binary, killed and started again in the middle of a
// conversation. Runs where a binary was built (KITH_BINARY, else build/debug/kith).
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { create_colleague, password } from '../../../../tests/system/harness/cast.ts';
import { House, kith } from '../../../../tests/system/harness/house.ts';
import { colleague_client, must, visitor_client } from './client.ts';
import type { Api } from './client.ts';
import { new_id, new_secret } from './ids.ts';
import { Line } from './line.ts';
import type { LineOptions } from './line.ts';
import type { LiveEvent } from './live.ts';
import type { Entry } from './nouns.ts';
import type { Problem } from './problem.ts';
import { Upload } from './upload.ts';

// Node's own WebSocket takes headers, as a browser adds its cookie.
type WithHeaders = new (url: string, options: { headers: Record<string, string> }) => WebSocket;

class Listener {
  readonly entries = new Map<string, Entry>();
  readonly states: string[] = [];
  doubled = 0;
  readonly line: Line;

  constructor(house: House, options: Partial<LineOptions> & { cookie?: string }) {
    const headers: Record<string, string> = options.cookie ? { cookie: options.cookie, origin: house.url } : {};
    this.line = new Line({
      on_event: (event) => this.hear(event),
      on_state: (state) => this.states.push(state),
      make_socket: () => new (WebSocket as unknown as WithHeaders)(`${house.url.replace('http', 'ws')}/api/live`, { headers }),
      random: () => 0,
      ...options,
    });
    this.line.start();
  }

  private hear(event: LiveEvent): void {
    if (!('entry' in event)) return;
    const known = this.entries.get(event.entry.id);
    if (known && known.changed_seq >= event.entry.changed_seq) ++this.doubled;
    else this.entries.set(event.entry.id, event.entry);
  }

  async here(): Promise<void> {
    await vi.waitFor(() => expect(this.line.state).toBe('here'), { timeout: 20_000 });
  }
  texts(): string[] {
    return [...this.entries.values()].sort((a, b) => a.seq - b.seq).map((entry) => entry.text);
  }
}

// What a browser does for a colleague: her cookie and the origin go along.
async function signed_in(house: House, as_leader: boolean): Promise<{ api: Api; cookie: string }> {
  let cookie = '';
  const ask: typeof fetch = async (input, init) => {
    const asked = new Request(input, init);
    const headers = new Headers(asked.headers);
    headers.set('origin', house.url);
    if (cookie) headers.set('cookie', cookie);
    const body = asked.method === 'GET' ? null : await asked.text();
    const response = await fetch(asked.url, { method: asked.method, headers, body });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return response;
  };
  const api = colleague_client({ base: house.url, fetch: ask });
  await must(api.POST('/api/desk/session', { body: { email: create_colleague(house, 'Noor', as_leader), password } }));
  return { api, cookie };
}

describe.skipIf(!existsSync(kith))('the line and the real house', () => {
  let house: House;
  let noor: { api: Api; cookie: string };
  let conversation: string;
  const token = new_secret();
  let has_begun = false;
  let api: Api;

  beforeAll(async () => {
    house = await House.open();
    noor = await signed_in(house, true);
    const inbox = new_id();
    await must(noor.api.PUT('/api/desk/inboxes/{id}', { params: { path: { id: inbox } }, body: { kind: 'web', name: 'The shop' } }));
    api = visitor_client({ token: () => (has_begun ? token : null), base: house.url });
    ({ conversation } = await must(api.POST('/api/visitor/sessions', { body: { id: new_id(), inbox, token } })));
    has_begun = true;
  }, 60_000);
  afterAll(() => house?.close());

  test('carries a conversation over a killed house, every word once', async () => {
    const panel = new Listener(house, { token: () => token });
    const desk = new Listener(house, { cookie: noor.cookie });
    await Promise.all([panel.here(), desk.here()]);
    const first = new_id();
    await panel.line.write({ id: first, text: 'Good morning!' });
    await desk.line.write({ id: new_id(), conversation: conversation, text: 'Good morning, Mara.' });
    await vi.waitFor(() => expect(panel.texts()).toEqual(['Good morning!', 'Good morning, Mara.']));

    const lost = new_id();
    const answer = panel.line.write({ id: lost, text: 'Are you there?' }).catch((problem: Problem) => problem.code);
    await house.end('SIGKILL');
    expect([undefined, 'unreachable']).toContain(typeof (await answer) === 'string' ? await answer : undefined);
    await vi.waitFor(() => expect(panel.line.state).toBe('away'));
    expect(panel.line.away_since).not.toBeNull();
    await house.start();
    await Promise.all([panel.here(), desk.here()]);
    await panel.line.write({ id: lost, text: 'Are you there?' });
    await panel.line.write({ id: first, text: 'Good morning!' });
    await panel.line.edit({ id: new_id(), entry: lost, text: 'Are you still there?' });
    const all = ['Good morning!', 'Good morning, Mara.', 'Are you still there?'];
    await vi.waitFor(() => expect(desk.texts()).toEqual(all));
    await vi.waitFor(() => expect(panel.texts()).toEqual(all));
    expect(panel.doubled + desk.doubled).toBe(0);
    panel.line.stop();
    desk.line.stop();
  }, 60_000);

  test('says why the house refuses, and when to sign in again', async () => {
    const panel = new Listener(house, { token: () => token });
    await panel.here();
    await expect(panel.line.write({ id: new_id(), text: '' })).rejects.toMatchObject({ code: 'invalid' });
    expect(panel.line.can_carry('x'.repeat(50_000))).toBe(false);
    panel.line.stop();
    const stranger = new Listener(house, { token: () => 'A'.repeat(43) });
    await vi.waitFor(() => expect(stranger.line.state).toBe('refused'));
  }, 30_000);

  test('sends a file in pieces and goes on after the house was killed', async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    const file = new Blob(Array.from({ length: 40 }, () => bytes));
    const id = new_id();
    const begin = () => must(api.POST('/api/visitor/attachments', { body: { id, name: 'lamp.bin', size_bytes: file.size } }));
    let is_broken = false;
    const upload = new Upload({
      id,
      file,
      api,
      begin,
      on_change: ({ progress }) => {
        if (progress < 0.4 || is_broken) return;
        is_broken = true;
        void house.end('SIGKILL').then(() => house.start());
      },
    });
    upload.start();
    const kept = await upload.done;
    expect(is_broken).toBe(true);
    expect(kept.size_bytes).toBe(file.size);
    const there = await (await api.raw(`/api/attachments/${id}/content`)).arrayBuffer();
    expect(new Uint8Array(there).every((byte, at) => byte === bytes[at % bytes.length])).toBe(true);
  }, 60_000);
});
