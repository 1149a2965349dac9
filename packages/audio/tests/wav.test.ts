import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AudioError, encodeG711, encodeWav, readWav } from '../src/index.ts';

/** A RIFF file of the given chunks, padded to even length unless told otherwise. */
function riff(...chunks: readonly { id: string; bytes: Uint8Array; declaredLength?: number }[]): Uint8Array {
  const parts = chunks.map(({ id, bytes, declaredLength }) => {
    const head = Buffer.alloc(8);
    head.write(id);
    head.writeUInt32LE(declaredLength ?? bytes.length, 4);
    return Buffer.concat([head, bytes, Buffer.alloc(bytes.length & 1)]);
  });
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(12);
  head.write('RIFF');
  head.writeUInt32LE(body.length + 4, 4);
  head.write('WAVE', 8);
  return Buffer.concat([head, body]);
}

function format(tag: number, channels: number, bits: number, extension: Uint8Array = new Uint8Array(0)): Uint8Array {
  const chunk = Buffer.alloc(16);
  chunk.writeUInt16LE(tag, 0);
  chunk.writeUInt16LE(channels, 2);
  chunk.writeUInt32LE(8000, 4);
  chunk.writeUInt32LE((8000 * channels * bits) / 8, 8);
  chunk.writeUInt16LE((channels * bits) / 8, 12);
  chunk.writeUInt16LE(bits, 14);
  return Buffer.concat([chunk, extension]);
}

/** The 24 bytes by which WAVE_FORMAT_EXTENSIBLE is longer: size 22, valid bits, channel mask, GUID. */
function extension(tag: number, bits: number): Uint8Array {
  const bytes = Buffer.from('1600000000000000000000001000800000aa00389b71', 'hex');
  bytes.writeUInt16LE(bits, 2);
  bytes.writeUInt16LE(tag, 8);
  return Buffer.concat([bytes, Buffer.alloc(24 - bytes.length)]);
}

const samples = Int16Array.of(0, 1, -1, 1000, -1000, 32767, -32768);
const pcm = new Uint8Array(samples.buffer);

describe('encodeWav and readWav', () => {
  it('give any sound back', () => {
    const sound = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 192_000 }))
      .chain(([channels, length, sampleRate]) =>
        fc.record({
          sampleRate: fc.constant(sampleRate),
          channels: fc.array(fc.int16Array({ minLength: length, maxLength: length }), {
            minLength: channels,
            maxLength: channels,
          }),
        }),
      );
    fc.assert(
      fc.property(sound, (given) => {
        expect(readWav(encodeWav(given))).toEqual(given);
      }),
    );
  });

  it('write the header field by field', () => {
    const bytes = Buffer.from(encodeWav({ sampleRate: 8000, channels: [samples, samples] }));
    expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    expect(bytes.readUInt32LE(28)).toBe(8000 * 4);
    expect(bytes.readUInt16LE(32)).toBe(4);
    expect(bytes.readUInt32LE(40)).toBe(samples.length * 4);
  });
});

describe('readWav', () => {
  it('reads 16-bit PCM at any byte offset of its buffer', () => {
    const file = riff({ id: 'fmt ', bytes: format(1, 1, 16) }, { id: 'data', bytes: pcm });
    const shifted = new Uint8Array(file.length + 1);
    shifted.set(file, 1);
    expect(readWav(shifted.subarray(1))).toEqual({ sampleRate: 8000, channels: [samples] });
  });

  it('reads unsigned 8-bit PCM', () => {
    const file = riff({ id: 'fmt ', bytes: format(1, 1, 8) }, { id: 'data', bytes: Uint8Array.of(128, 255, 0) });
    expect(readWav(file).channels).toEqual([Int16Array.of(0, 127 << 8, -32768)]);
  });

  it.each([
    [7, 'mu'],
    [6, 'a'],
  ] as const)('reads G.711 format %i in two channels', (tag, law) => {
    const payload = new Uint8Array(4);
    encodeG711(law, Int16Array.of(8, -8000, 264, 8000), 0, 4, payload, 0);
    const { channels } = readWav(riff({ id: 'fmt ', bytes: format(tag, 2, 8) }, { id: 'data', bytes: payload }));
    const expected = [
      [8, 264],
      [-8000, 8000],
    ];
    // G.711 has steps of a thirty-second or less of the value.
    for (const [channel, values] of expected.entries())
      for (const [i, value] of values.entries())
        expect(Math.abs((channels[channel]?.[i] ?? 0) - value)).toBeLessThanOrEqual(Math.abs(value) / 32);
  });

  it('reads WAVE_FORMAT_EXTENSIBLE by the tag in its GUID', () => {
    const file = riff({ id: 'fmt ', bytes: format(0xfffe, 1, 16, extension(1, 16)) }, { id: 'data', bytes: pcm });
    expect(readWav(file).channels).toEqual([samples]);
  });

  it('passes over unknown chunks, also of odd length', () => {
    const file = riff(
      { id: 'LIST', bytes: new Uint8Array(7) },
      { id: 'fmt ', bytes: format(1, 1, 16) },
      { id: 'fact', bytes: new Uint8Array(3) },
      { id: 'data', bytes: pcm },
      { id: 'cue ', bytes: new Uint8Array(5) },
    );
    expect(readWav(file).channels).toEqual([samples]);
  });

  it('reads what is there of a data chunk that is cut off', () => {
    const file = riff({ id: 'fmt ', bytes: format(1, 2, 16) }, { id: 'data', bytes: pcm, declaredLength: 0xffffffff });
    expect(readWav(file).channels).toEqual([Int16Array.of(0, -1, -1000), Int16Array.of(1, 1000, 32767)]);
  });

  it.each([
    ['nothing', new Uint8Array(0), 'wav_malformed'],
    ['text', Buffer.from('this is not a sound file at all'), 'wav_malformed'],
    ['no fmt chunk', riff({ id: 'data', bytes: pcm }), 'wav_malformed'],
    ['no data chunk', riff({ id: 'fmt ', bytes: format(1, 1, 16) }), 'wav_malformed'],
    ['a short fmt chunk', riff({ id: 'fmt ', bytes: new Uint8Array(10) }), 'wav_malformed'],
    ['no channels', riff({ id: 'fmt ', bytes: format(1, 0, 16) }, { id: 'data', bytes: pcm }), 'wav_malformed'],
    ['MP3 inside', riff({ id: 'fmt ', bytes: format(0x55, 1, 0) }, { id: 'data', bytes: pcm }), 'wav_unsupported'],
    ['24-bit PCM', riff({ id: 'fmt ', bytes: format(1, 1, 24) }, { id: 'data', bytes: pcm }), 'wav_unsupported'],
    ['floats', riff({ id: 'fmt ', bytes: format(3, 1, 32) }, { id: 'data', bytes: pcm }), 'wav_unsupported'],
  ])('refuses %s with its reason', (_, bytes, code) => {
    expect(() => readWav(bytes)).toThrow(expect.objectContaining({ code, errorClass: 'theirs' }));
  });

  it('never fails in any other way, whatever the bytes', () => {
    const valid = Buffer.from(encodeWav({ sampleRate: 8000, channels: [samples] }));
    const edits = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(edits, fc.nat(valid.length), (changes, length) => {
        const bytes = Buffer.from(valid.subarray(0, length));
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        try {
          readWav(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(AudioError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
