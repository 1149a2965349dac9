import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/**
 * Who goes first when all cores are taken, as nice values of setpriority(2). Packets have to leave every 20 ms; a query may
 * wait some milliseconds and nobody hears it.
 */
const niceValues = {
  /** Only granted with CAP_SYS_NICE, as in a container that has it; otherwise the thread stays where it is. */
  media: -10,
  /** Anybody may step back. */
  background: 5,
} as const;

/**
 * Moves the calling thread alone forward or back; Linux schedules threads, and names them in /proc/thread-self.
 * @returns the nice value it has got, or undefined where the system does not let it.
 */
export function setThreadPriority(kind: keyof typeof niceValues): number | undefined {
  try {
    const threadId = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    setPriority(threadId, niceValues[kind]);
    return niceValues[kind];
  } catch {
    return undefined;
  }
}
