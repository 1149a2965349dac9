/** Makes the embedded recogniser available: it is a Debian package, so it may have to be installed first. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createPocketSphinx, findPocketSphinx, type PocketSphinx } from '@dialplane/speech';

const packages = ['libpocketsphinx3', 'pocketsphinx-en-us'];

export type OfflineRecogniser =
  | { readonly state: 'ready'; readonly engine: PocketSphinx }
  | { readonly state: 'off' | 'missing'; readonly reason: string };

export interface OfflineRecogniserOptions {
  /** OFFLINE_STT. */
  readonly wanted: boolean;
  /** Worker processes. */
  readonly processes: number;
  /** Tells the person at the terminal what happens; one line each. */
  readonly say: (line: string) => void;
}

/** As root on Debian it installs what is missing and says so first; otherwise it says what to run, and calls go on by keypad. */
export async function openOfflineRecogniser(options: OfflineRecogniserOptions): Promise<OfflineRecogniser> {
  const { wanted, processes, say } = options;
  if (!wanted) return { state: 'off', reason: 'OFFLINE_STT is off.' };
  let found = findPocketSphinx();
  if (!found.available && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say(
      `Installing the offline speech recogniser with apt-get: ${packages.join(' ')} (OFFLINE_STT=off leaves it out) ...`,
    );
    if (aptGet(['update', '-q']) && aptGet(['install', '-y', '-q', '--no-install-recommends', ...packages])) {
      found = findPocketSphinx();
    }
  }
  if (!found.available) {
    say('No offline speech recogniser is installed: callers get a keypad menu. To let agents hear, run:');
    say(`  ${found.install}`);
    return { state: 'missing', reason: found.reason };
  }
  return { state: 'ready', engine: await createPocketSphinx({ processes }) };
}

/** Nothing runs yet that a synchronous wait could hold up. */
function aptGet(arguments_: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', arguments_, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
}
