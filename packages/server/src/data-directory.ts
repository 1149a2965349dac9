import { randomUUID } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another server, or something we cannot write to, stands in the way of using the data directory. */
class DataDirectoryError extends Error {
  readonly code: 'data_directory_in_use' | 'data_directory_unusable';
  readonly errorClass = 'theirs';

  constructor(code: DataDirectoryError['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'DataDirectoryError';
    this.code = code;
  }
}

export interface DataDirectory {
  /** Absolute path. */
  readonly path: string;
  /** Gives the directory free for another server. Idempotent. */
  release(): void;
}

/**
 * Makes the data directory if needed (mode 0700) and takes it for this process alone: the embedded database has no lock
 * of its own and loses rows when two processes use it. Processes of another container are not seen: give each its own.
 * @throws {DataDirectoryError} in use, naming the process; or not writable.
 */
export function takeDataDirectory(path: string): DataDirectory {
  const lock = join(path, 'lock');
  // The last word tells this lock from any later one of the same process.
  const content = `${process.pid} ${startTimeOf(process.pid)} ${randomUUID()}\n`;
  try {
    makeDirectory(path);
    takeLock(lock, content, path);
  } catch (error) {
    if (error instanceof DataDirectoryError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataDirectoryError(
      'data_directory_unusable',
      `The data directory ${path} cannot be used (${reason}). Make it writable for this user, or name another one in DATA_DIR.`,
      error,
    );
  }
  let released = false;
  return {
    path,
    release: () => {
      if (released) return;
      released = true;
      // Not ours any more when somebody moved the directory away and another server made a new one.
      if (textOf(lock) === content) unlinkSync(lock);
    },
  };
}

function makeDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  try {
    chmodSync(path, 0o700);
  } catch (error) {
    // A mounted volume may belong to somebody else; the database and the keys in it are closed to others anyhow.
    if (codeOf(error) !== 'EPERM') throw error;
  }
}

/** Linking a finished file is atomic and fails when the lock exists, so a reader never sees half a lock. */
function takeLock(lock: string, content: string, path: string): void {
  const claim = `${lock}.${process.pid}`;
  writeFileSync(claim, content, { mode: 0o600 });
  try {
    while (!linked(claim, lock)) {
      const holder = holderOf(lock);
      if (holder !== null) {
        throw new DataDirectoryError(
          'data_directory_in_use',
          `The data directory ${path} is in use by process ${holder}. Stop that server first, or give this one its own DATA_DIR.`,
        );
      }
      removeStale(lock);
    }
  } finally {
    rmSync(claim, { force: true });
  }
}

/** False when `to` exists. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return false;
  }
}

/** Of several servers that found the same stale lock, rename lets one win; it never takes away a lock just made. */
function removeStale(lock: string): void {
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
    if (holderOf(aside) !== null) linkSync(aside, lock);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** The process id in the lock if that very process still runs; null for a stale lock. */
function holderOf(lock: string): number | null {
  const [pid = '', started = ''] = textOf(lock).split(' ');
  const current = startTimeOf(Number(pid));
  return current !== null && current === started ? Number(pid) : null;
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/**
 * When the process began, in clock ticks since boot (proc(5), field 22), behind the boot's own id: process ids are
 * used again, also by the first process of a container, and after a reboot ticks begin anew. Null: no such process.
 */
function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 2 is the command in parentheses, and may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A killed process that its parent has not waited for yet holds nothing any more.
    if (fields[0] === 'Z') return null;
    const ticks = fields[19];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${ticks}`;
  } catch {
    return null;
  }
}
