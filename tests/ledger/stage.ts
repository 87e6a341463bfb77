// The disk that a house stands on while faults strike: ext4 on a loop device whose image lies on a small tmpfs, so that the
// power can be cut, the disk can fill up and the ground below it can give way. Without the right to mount, a plain folder. The
// image is sparse and all ballast without bytes: what the house keeps is all the memory it takes.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { mounts_must_be_tested } from '../system/harness/rights.ts';

const mb = 1 << 20;
const ground_mb = 64; // more than the image

function run(program: string, ...words: string[]): string {
  const done = spawnSync(program, words, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${program} ${words.join(' ')}: ${done.stderr || String(done.error ?? done.status)}`);
  return done.stdout.trim();
}

/** Room for as many rounds: up to 40,000 words each, a third of a KB a word, and as much again for the log and the search. */
export function room_for(rounds: number): number {
  return Number(process.env['KITH_STAGE_MB'] ?? Math.max(1024, 256 + rounds * 26));
}

// Writes zeros until there is no room left.
function fill_up(file: string): void {
  const sizes = [1 << 20, 1 << 12];
  const target = openSync(file, 'w');
  for (const size of sizes) {
    const zeros = Buffer.alloc(size);
    try {
      for (;;) writeSync(target, zeros);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
  closeSync(target);
}

export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'kith-ledger-'));
  readonly data: string;
  readonly is_disk: boolean;
  readonly why_not: string = '';
  private readonly ground: string; // the tmpfs
  private readonly mounted: string; // the ext4
  private readonly image: string;
  private readonly ground_size_mb: number;

  constructor(image_mb: number) {
    this.ground_size_mb = image_mb + ground_mb;
    this.ground = join(this.folder, 'ground');
    this.mounted = join(this.folder, 'disk');
    this.image = join(this.ground, 'disk.img');
    mkdirSync(this.ground);
    mkdirSync(this.mounted);
    try {
      run('mount', '-t', 'tmpfs', '-o', `size=${this.ground_size_mb}m`, 'tmpfs', this.ground);
      run('truncate', '-s', `${image_mb}M`, this.image);
      run('mkfs.ext4', '-q', '-F', '-m', '0', '-i', '262144', '-E', 'lazy_itable_init=0,lazy_journal_init=0', this.image);
      this.mount();
      this.write_page_by_page(); // needed later: where it is not allowed, there is no disk to speak of
      run('fstrim', this.mounted);
      this.is_disk = true;
    } catch (error) {
      this.is_disk = false;
      this.why_not = String(error);
      this.clear();
      if (mounts_must_be_tested()) {
        rmSync(this.folder, { recursive: true });
        throw new Error('a power cut, a full disk and a failing one must be tested here (loop device, ext4, CAP_SYS_ADMIN)', { cause: error });
      }
    }
    this.data = join(this.is_disk ? this.mounted : this.folder, 'data');
  }

  private mount(): void {
    run('mount', '-o', 'loop', this.image, this.mounted);
  }
  // A loop device of Linux 6.18 says that all is well when only the first pages of one request found room (256 KB written, 8 pages
  // kept, fsync content): a disk that lies helps nobody. One page is there or is not.
  private write_page_by_page(): void {
    const device = basename(run('findmnt', '-n', '-o', 'SOURCE', this.mounted));
    writeFileSync(`/sys/block/${device}/queue/max_sectors_kb`, '4');
  }
  private unmount(): void {
    run('umount', this.mounted);
  }

  /** As when somebody pulls the plug: what was not made durable is gone. The house must be dead before `after_the_cut`. */
  cut_power(): void {
    // EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: nothing more reaches the disk, the journal neither.
    run('python3', '-c', `import os,fcntl,struct;fcntl.ioctl(os.open(${JSON.stringify(this.mounted)},0),0x8004587d,struct.pack('I',2))`);
  }
  after_the_cut(): void {
    this.unmount();
    this.mount();
  }

  fill(): void {
    const { bavail, bsize } = statfsSync(this.mounted);
    const all_but_a_little = Math.floor((bavail * bsize) / mb) - 16;
    if (all_but_a_little > 0) run('fallocate', '-l', `${all_but_a_little}M`, join(this.mounted, 'ballast'));
    fill_up(join(this.mounted, 'more_ballast'));
  }
  make_room(): void {
    for (const name of ['ballast', 'more_ballast']) rmSync(join(this.mounted, name), { force: true });
  }

  /** From now on the disk accepts writes into memory and fails to keep what needs new room. */
  take_the_ground_away(): void {
    this.write_page_by_page();
    // Blocks that were written once and are free by now would still have ground below them.
    run('fstrim', this.mounted);
    this.shrink_ground();
    fill_up(join(this.ground, 'ballast'));
  }
  // To what lies on it, and the little that the house writes meanwhile.
  private shrink_ground(): void {
    const { blocks, bfree, bsize } = statfsSync(this.ground);
    run('mount', '-o', `remount,size=${Math.ceil(((blocks - bfree) * bsize) / mb) + 8}m`, this.ground);
  }
  give_the_ground_back(): void {
    rmSync(join(this.ground, 'ballast'), { force: true });
    run('mount', '-o', `remount,size=${this.ground_size_mb}m`, this.ground);
  }
  /** What was lost meanwhile is gone. The house must be dead before. */
  after_the_failure(): void {
    this.unmount();
    // 0: clean, 1: put right.
    const checked = spawnSync('e2fsck', ['-p', this.image]);
    if ((checked.status ?? 9) > 1) throw new Error(`e2fsck: ${checked.stdout}${checked.stderr}`);
    this.mount();
  }

  // The kernel lets go of an image a moment after its file system is gone.
  private clear(): void {
    for (const place of [this.mounted, this.ground]) {
      for (let tries = 0; tries < 40 && spawnSync('mountpoint', ['-q', place]).status === 0; tries++) {
        if (spawnSync('umount', [place]).status !== 0) spawnSync('sleep', ['0.1']);
      }
    }
  }
  remove(): void {
    this.clear();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
