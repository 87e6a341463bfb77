// What is told once on this device, however often the page is loaded and in however many tabs.
import { with_lock } from '../shared/device.ts';
import type { Device } from '../shared/device.ts';

const most = 200;

export function is_first_time(device: Device, what: string): Promise<boolean> {
  return with_lock(`${device.name}-told`, async () => {
    const told = (await device.get<string[]>('kept', 'told')) ?? [];
    if (told.includes(what)) return false;
    await device.put('kept', 'told', [...told, what].slice(-most));
    return true;
  });
}
