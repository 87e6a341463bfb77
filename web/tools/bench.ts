// bench [NAME...]: what the front ends cost, one line a figure. desk, list (fifty thousand people, some minutes), lighthouse, loader.
import { measure_desk, measure_list } from '../bench/desk.ts';
import { measure_lighthouse } from '../bench/lighthouse.ts';
import { measure_loader } from '../bench/loader.ts';

const figures: Record<string, () => Promise<void>> = {
  desk: measure_desk,
  list: measure_list,
  lighthouse: measure_lighthouse,
  loader: measure_loader,
};
const wanted = process.argv.slice(2);
for (const [name, measure] of Object.entries(figures)) if (wanted.length === 0 || wanted.includes(name)) await measure();
