import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { G722Decoder, G722Encoder } from '../../src/index.ts';
import { testSound } from './test-sound.ts';

/** Debian's ffmpeg as a codec: bytes in, bytes out. */
function ffmpeg(input: Uint8Array, from: readonly string[], to: readonly string[]): Buffer {
  const { status, stdout, stderr } = spawnSync('ffmpeg', ['-loglevel', 'error', ...from, '-i', '-', ...to, '-'], {
    input,
  });
  if (status !== 0) throw new Error(`ffmpeg failed: ${stderr.toString()}`);
  return stdout;
}

const pcm = ['-f', 's16le', '-ar', '16000', '-ac', '1'];

it('G.722 is bit-exact with ffmpeg in both directions', () => {
  const sound = testSound();
  const theirs = ffmpeg(new Uint8Array(sound.buffer), pcm, ['-c:a', 'g722', '-f', 'g722']);
  const ours = new Uint8Array(sound.length / 2);
  new G722Encoder().encode(sound, 0, sound.length, ours, 0);
  expect(Buffer.compare(Buffer.from(ours), theirs)).toBe(0);

  const heardByThem = ffmpeg(theirs, ['-f', 'g722'], ['-f', 's16le']);
  const heardByUs = new Int16Array(2 * theirs.length);
  new G722Decoder().decode(theirs, 0, theirs.length, heardByUs, 0);
  expect(Buffer.compare(Buffer.from(heardByUs.buffer), heardByThem)).toBe(0);
});
