import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeWav, openWavWriter, readWav } from '../src/index.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wav-writer-'));
});

afterEach(() => rm(folder, { recursive: true }));

function ramp(length: number, from: number): Int16Array {
  return Int16Array.from({ length }, (_, i) => from + i);
}

describe('openWavWriter', () => {
  it('writes the same file as encodeWav, whatever the sizes of the pieces', async () => {
    const path = join(folder, 'call.wav');
    const writer = await openWavWriter(path, { sampleRate: 8000, channels: 2 });
    const left: number[] = [];
    const right: number[] = [];
    for (const length of [160, 0, 1, 50_000, 160, 17_000, 160]) {
      const piece = [ramp(length, left.length), ramp(length, -left.length)] as const;
      writer.write(piece);
      left.push(...piece[0]);
      right.push(...piece[1]);
      // The writer has copied the samples: the caller may use its frame again.
      piece[0].fill(-1);
      piece[1].fill(-1);
    }
    await writer.close();
    const expected = encodeWav({ sampleRate: 8000, channels: [Int16Array.from(left), Int16Array.from(right)] });
    expect(Buffer.from(await readFile(path)).equals(expected)).toBe(true);
  });

  it('leaves a readable file where the process died before the header was patched', async () => {
    const path = join(folder, 'call.wav');
    const writer = await openWavWriter(path, { sampleRate: 8000, channels: 1 });
    const minute = ramp(32_000, 0);
    writer.write([minute]);
    writer.write([minute]);
    await expect.poll(async () => (await readFile(path)).length).toBeGreaterThanOrEqual(44 + minute.length * 2);
    expect(readWav(await readFile(path)).channels[0]?.subarray(0, minute.length)).toEqual(minute);
    await writer.close();
  });

  it('writes an empty file that says it is empty', async () => {
    const path = join(folder, 'call.wav');
    await (await openWavWriter(path, { sampleRate: 16000, channels: 1 })).close();
    expect(readWav(await readFile(path))).toEqual({ sampleRate: 16000, channels: [new Int16Array(0)] });
  });

  it('says why a file cannot be opened', async () => {
    const opened = openWavWriter(join(folder, 'missing', 'call.wav'), { sampleRate: 8000, channels: 1 });
    await expect(opened).rejects.toMatchObject({ code: 'wav_write_failed', cause: { code: 'ENOENT' } });
  });

  it('reports a disk that fails at close, once and typed', async () => {
    // Linux's device for this: every write says that no space is left.
    const writer = await openWavWriter('/dev/full', { sampleRate: 8000, channels: 1 });
    writer.write([ramp(40_000, 0)]);
    writer.write([ramp(40_000, 0)]);
    await expect(writer.close()).rejects.toMatchObject({ code: 'wav_write_failed', cause: { code: 'ENOSPC' } });
    await expect(writer.close()).rejects.toMatchObject({ code: 'wav_write_failed' });
  });

  it('refuses pieces that do not fit together, and use after close', async () => {
    const writer = await openWavWriter(join(folder, 'call.wav'), { sampleRate: 8000, channels: 2 });
    expect(() => writer.write([ramp(5, 0)])).toThrow(expect.objectContaining({ code: 'wav_write_failed' }));
    expect(() => writer.write([ramp(5, 0), ramp(6, 0)])).toThrow(/equal length/);
    await writer.close();
    expect(() => writer.write([ramp(5, 0), ramp(5, 0)])).toThrow(expect.objectContaining({ code: 'audio_closed' }));
  });
});
