/** Where the files of recordings are kept, by name. */
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface RecordingFiles {
  readonly storage: 'disk' | 's3';
  /** Undefined when there is no such file. */
  size(name: string): Promise<number | undefined>;
  /** @returns fewer bytes than wanted only at the end of the file. */
  read(name: string, from: number, to: number): Promise<Uint8Array>;
  /** Also of what is not there. */
  remove(name: string): Promise<void>;
}

/** Files in the data directory, as calls write them. */
export function filesOnDisk(folder: string): RecordingFiles {
  return {
    storage: 'disk',
    async size(name) {
      const file = await open(join(folder, name)).catch(orMissing);
      if (!file) return undefined;
      const { size } = await file.stat();
      await file.close();
      return size;
    },
    async read(name, from, to) {
      const file = await open(join(folder, name));
      try {
        const { buffer, bytesRead } = await file.read(new Uint8Array(to - from), 0, to - from, from);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    remove: (name) => rm(join(folder, name), { force: true }),
  };
}

function orMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
