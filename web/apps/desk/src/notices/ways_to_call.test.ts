import { expect, test } from 'vitest';
import { ways_to_call, who_is_it } from './ways_to_call.ts';

const wishes = { sounds: true, notifications: true, quiet_from: '18:00', quiet_until: '08:00' };
const noon = new Date(2026, 10, 20, 12);
const night = new Date(2026, 10, 20, 22);
const away = { on_beat: false, looks: false, sees: false, now: noon };
const both = { sound: true, notification: true };
const neither = { sound: false, notification: false };

test('Who looks elsewhere is called by a sound and a notification', () => {
  expect(ways_to_call(wishes, away)).toEqual(both);
});

test('Who looks at the desk needs no notification, and no sound for what is in front of her', () => {
  expect(ways_to_call(wishes, { ...away, looks: true })).toEqual({ sound: true, notification: false });
  expect(ways_to_call(wishes, { ...away, looks: true, sees: true })).toEqual(neither);
  expect(ways_to_call(wishes, { ...away, sees: true })).toEqual(both); // open, but behind something else
});

test('A beat and quiet hours silence all of it', () => {
  expect(ways_to_call(wishes, { ...away, on_beat: true })).toEqual(neither);
  expect(ways_to_call(wishes, { ...away, now: night })).toEqual(neither);
  expect(ways_to_call({ ...wishes, quiet_from: null }, { ...away, now: night })).toEqual(both);
});

test('Each way is wished for by itself, and nothing calls before the wishes are known', () => {
  expect(ways_to_call({ ...wishes, sounds: false }, away)).toEqual({ sound: false, notification: true });
  expect(ways_to_call({ ...wishes, notifications: false }, away)).toEqual({ sound: true, notification: false });
  expect(ways_to_call(null, away)).toEqual(neither);
});

test('Somebody brand-new is everybody’s; somebody with a companion is hers', () => {
  expect(who_is_it({ knows_me: true, is_new_to_all: false })).toBe('known');
  expect(who_is_it({ knows_me: false, is_new_to_all: true })).toBe('new');
  expect(who_is_it({ knows_me: false, is_new_to_all: false })).toBe('others');
  expect(who_is_it(undefined)).toBe('new');
});
