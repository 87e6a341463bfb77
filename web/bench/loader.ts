// What the door costs the page of somebody else; measured by the loader's own bench, against a house of the sample.
import { spawnSync } from 'node:child_process';
import { open_house } from '@kith/check/house';
import { figure } from './browser.ts';

export async function measure_loader(): Promise<void> {
  const house = await open_house({ sample: true });
  const bench = new URL('../apps/loader/bench/loader_cost.ts', import.meta.url).pathname;
  const done = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', bench, house.url], { encoding: 'utf8' });
  const said = done.stdout.trim().replace(/^the loader at 4x: /, '');
  figure('the loader on a host page, a processor four times slower', said || done.stderr, 'below 20 ms');
  await house.close();
}
