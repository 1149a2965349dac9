import { describe, expect, it } from 'vitest';
import { createCepstralMean } from '../src/pocketsphinx/cepstral-mean.ts';
import type { Decoder } from '../src/pocketsphinx/decoder.ts';
import { createDecoderPool } from '../src/pocketsphinx/decoder-pool.ts';
import { createUtteranceAudio } from '../src/pocketsphinx/utterance-audio.ts';

function decoderStub(freed: string[], name: string): Decoder {
  const unused = () => {
    throw new Error('The pool calls nothing but free().');
  };
  return {
    start: unused,
    process: unused,
    partial: unused,
    end: unused,
    abandon: unused,
    free: () => freed.push(name),
  };
}

describe('the pool of decoders', () => {
  it('lends a decoder again for the same language and rate', () => {
    const pool = createDecoderPool(2);
    const first = pool.take('8000 a', () => decoderStub([], 'a'));
    if (first === null) throw new Error('An empty pool has room.');
    pool.giveBack('8000 a', first);
    expect(pool.take('8000 a', () => decoderStub([], 'new'))).toBe(first);
  });

  it('never lends more than it may, and frees the oldest idle one for another language', () => {
    const freed: string[] = [];
    const pool = createDecoderPool(2);
    const [a, b] = ['a', 'b'].map((key) => pool.take(key, () => decoderStub(freed, key)));
    expect(pool.hasRoom()).toBe(false);
    expect(pool.take('c', () => decoderStub(freed, 'c'))).toBeNull();
    if (!a || !b) throw new Error('There was room for two.');
    pool.giveBack('b', b);
    pool.giveBack('a', a);
    expect(pool.take('c', () => decoderStub(freed, 'c'))).not.toBeNull();
    expect(freed).toEqual(['b']);
  });

  it('does not lend a decoder that failed', () => {
    const freed: string[] = [];
    const pool = createDecoderPool(1);
    const broken = pool.take('a', () => decoderStub(freed, 'broken'));
    if (broken === null) throw new Error('An empty pool has room.');
    pool.discard(broken);
    expect(freed).toEqual(['broken']);
    expect(pool.take('a', () => decoderStub(freed, 'new'))).not.toBe(broken);
  });

  it('has room again when a decoder could not be made', () => {
    const pool = createDecoderPool(1);
    expect(() =>
      pool.take('a', () => {
        throw new Error('no model');
      }),
    ).toThrow('no model');
    expect(pool.hasRoom()).toBe(true);
  });
});

describe('audio of an utterance', () => {
  it('goes out in pieces of 100 ms, all samples in order', () => {
    const audio = createUtteranceAudio(8000);
    const pieces: Int16Array[] = [];
    for (let frame = 0; frame < 12; frame++) {
      const piece = audio.add(new Int16Array(160).fill(frame));
      if (piece !== null) pieces.push(piece);
    }
    expect(pieces.map((piece) => piece.length)).toEqual([800, 800]);
    expect(pieces[1]?.[0]).toBe(5);
    expect(audio.rest()?.length).toBe(320);
    expect(audio.rest()).toBeNull();
  });

  it('takes frames of any length', () => {
    const audio = createUtteranceAudio(8000);
    expect(audio.add(new Int16Array(5000))?.length).toBe(5000);
    expect(audio.add(new Int16Array(1))).toBeNull();
    expect(audio.rest()?.length).toBe(1);
  });

  it('stops at a minute', () => {
    const audio = createUtteranceAudio(8000);
    let taken = 0;
    for (let second = 0; second < 70; second++) taken += audio.add(new Int16Array(8000))?.length ?? 0;
    expect(taken).toBe(60 * 8000);
    expect(audio.rest()).toBeNull();
  });
});

describe('the cepstral mean', () => {
  it('moves to a caller within a second and remembers what was measured before', () => {
    const frame = new Float32Array(9).fill(20);
    const fresh = createCepstralMean(9, null);
    for (let count = 0; count < 100; count++) fresh.learn(frame);
    expect(fresh.current()[1]).toBeGreaterThan(10);
    expect(Math.abs(fresh.normalise(frame)[1] ?? 0)).toBeLessThan(10);
    const known = createCepstralMean(9, Array(9).fill(20));
    known.learn(frame);
    expect(known.normalise(frame)[1]).toBeCloseTo(0, 6);
  });
});
