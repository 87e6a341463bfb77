import { new_id } from '@kith/wire';
import { expect, test } from 'vitest';
import { Device } from '../shared/device.ts';
import { is_first_time } from './told_once.ts';

test('is told once, in two tabs at the same moment and after a reload', async () => {
  const name = `test-${new_id()}`;
  const tabs = [await Device.open(name), await Device.open(name)] as const;
  const asked = await Promise.all([...tabs, ...tabs].map((tab) => is_first_time(tab, 'p1 at eight')));
  expect(asked.filter(Boolean)).toHaveLength(1);
  expect(await is_first_time(await Device.open(name), 'p1 at eight')).toBe(false);
  expect(await is_first_time(tabs[0], 'p1 at nine')).toBe(true);
});
