import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in ticks of 10 ms on every architecture we run on (proc(5), USER_HZ). */
const TICK_MS = 10;
const PAGE_BYTES = 4096;

/** Use of a process and all its descendants at one moment. */
export interface ProcessTreeUse {
  /** User and system time since each process began. */
  readonly cpuMs: number;
  readonly residentBytes: number;
  readonly processes: number;
}

/** The process ids of `root` and of everything it started that still runs, parents first. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    const parent = Number(Number.isInteger(pid) ? statOf(pid)?.[1] : Number.NaN);
    if (parent > 0) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree.filter(isRunning);
}

export function processTreeUse(root: number): ProcessTreeUse {
  const stats = processTree(root)
    .map(statOf)
    .filter((stat) => stat !== null);
  return {
    cpuMs: sum(stats.map((stat) => Number(stat[11]) + Number(stat[12]))) * TICK_MS,
    residentBytes: sum(stats.map((stat) => Number(stat[21]))) * PAGE_BYTES,
    processes: stats.length,
  };
}

/** False for processes that are gone and for those that only wait to be reaped. */
export function isRunning(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== null && stat[0] !== 'Z';
}

/** Fields of /proc/<pid>/stat from the third one (state) on; the second may itself hold spaces and parentheses. */
function statOf(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
