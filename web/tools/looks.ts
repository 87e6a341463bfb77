// looks [--renew] [--some] [CHAPTER...]: opens every screen of the real program, by day and by night, on a desk and on a phone;
// asks axe; and holds it against its picture in docs/screens. --renew keeps what is seen; --some is the shorter round of the
// tests: every screen once by day and once by night.
import { chromium, type Browser } from 'playwright';
import { chapters, type Chapter } from '../looks/chapters.ts';
import { remove_others } from '../looks/album.ts';
import { Stage, type Plan, type Seen, type Width } from '../looks/stage.ts';

const words = process.argv.slice(2);
const wanted = words.filter((word) => !word.startsWith('--'));
const is_short = words.includes('--some');
const plan: Plan = {
  say: (line) => console.log(line),
  renew: words.includes('--renew'),
  schemes: (width) => (is_short ? [width === 'wide' ? 'light' : 'dark'] : ['light', 'dark']),
};
const side_by_side = 2;

const broken: string[] = [];
const seen: Seen[] = [];

interface Told {
  seen: readonly Seen[];
  stopped: boolean; // it did not go on to its end
}

async function tell_once(browser: Browser, chapter: Chapter, width: Width): Promise<Told> {
  const stage = await Stage.open(browser, width, plan, chapter.house ?? { sample: true });
  let stopped = false;
  try {
    await chapter.tell(stage);
  } catch (error) {
    stopped = true;
    await stage.pictures_of_trouble(chapter.name);
    console.log(`✖ ${chapter.name} (${width}) did not go on: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await stage.close();
  }
  return { seen: stage.seen, stopped };
}

// A busy machine may show something too early or too late; what is really different is so the second time, too.
async function tell(browser: Browser, chapter: Chapter, width: Width): Promise<void> {
  let told = await tell_once(browser, chapter, width);
  if (!plan.renew && (told.stopped || told.seen.some((one) => one.trouble.length > 0))) {
    console.log(`  ${chapter.name} (${width}) once more`);
    told = await tell_once(browser, chapter, width);
  }
  seen.push(...told.seen);
  if (told.stopped) broken.push(`${chapter.name} (${width})`);
}

const browser = await chromium.launch({
  executablePath: process.env['KITH_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', '--font-render-hinting=none'],
});
const rounds = chapters
  .filter((chapter) => wanted.length === 0 || wanted.includes(chapter.name))
  .flatMap((chapter) => (chapter.widths ?? ['wide', 'phone']).map((width) => () => tell(browser, chapter, width)));
await Promise.all(
  Array.from({ length: side_by_side }, async () => {
    for (let next = rounds.shift(); next; next = rounds.shift()) await next();
  }),
);
await browser.close();

if (plan.renew && !is_short && wanted.length === 0 && broken.length === 0) {
  for (const file of remove_others(new Set(seen.map((one) => one.name)))) console.log(`- ${file}`);
}
const in_trouble = seen.filter((one) => one.trouble.length > 0);
const failed = in_trouble.length + broken.length;
// Said again at the end: of a long run elsewhere only the last lines may be at hand.
for (const name of broken) console.log(`✖ ${name} did not go on`);
for (const { name, trouble } of in_trouble) console.log(`✖ ${name}: ${trouble.join('; ')}`);
console.log(`\n${seen.length + broken.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
