import { expect, test } from 'vitest';
import { Line, type Socket } from './line.ts';

test('a line that is being closed takes no words: an act is said to be unreachable, what passes is let go', async () => {
  const said: string[] = [];
  const socket = {
    readyState: 1 as 0 | 1 | 2 | 3,
    onopen: null as ((event: Event) => unknown) | null,
    onmessage: null as ((event: MessageEvent) => unknown) | null,
    onclose: null,
    onerror: null,
    send: (frame: string) => void said.push((JSON.parse(frame) as { type: string }).type),
    close: () => {},
  };
  const line = new Line({ on_event: () => {}, make_socket: () => socket as Socket });
  line.start();
  socket.onopen?.(new Event('open'));
  const welcome = { type: 'welcome', seq: 0, reset: false, you: { kind: 'colleague', person: 'p' }, thread: null, present: [] };
  socket.onmessage?.(new MessageEvent('message', { data: JSON.stringify(welcome) }));
  line.typing('a');
  expect(said).toEqual(['hello', 'typing']);

  socket.readyState = 2;
  line.typing('b');
  await expect(line.act({ type: 'take_back', id: 'i', entry: 'e' })).rejects.toMatchObject({ code: 'unreachable' });
  expect(said).toEqual(['hello', 'typing']);
  line.stop();
});
