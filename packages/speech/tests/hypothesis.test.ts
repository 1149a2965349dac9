import { describe, expect, it } from 'vitest';
import { ACCEPT_ABOVE, hypothesisOf } from '../src/pocketsphinx/hypothesis.ts';

type Part = readonly [word: string, frames: number, posterior: number, scorePerFrame: number];

/** Segments one behind the other, as the library gives them. */
function segments(...parts: readonly Part[]) {
  let frame = 0;
  return parts.map(([word, frames, posterior, score]) => {
    const firstFrame = frame;
    frame += frames;
    return { word, firstFrame, lastFrame: frame - 1, posterior, acousticScore: score * frames * 1024 };
  });
}

describe('a hypothesis', () => {
  it('has the words without fillers and variants, with their times', () => {
    const heard = hypothesisOf(
      segments(
        ['<s>', 20, 1, -12],
        ['the(2)', 10, 0.5, -30],
        ['<sil>', 5, 1, -30],
        ['shop', 30, 0.9, -30],
        ['[NOISE]', 9, 1, -20],
        ['</s>', 30, 1, -50],
      ),
    );
    expect(heard.text).toBe('the shop');
    expect(heard.words).toEqual([
      { text: 'the', fromMs: 200, toMs: 300, confidence: 0.5 },
      { text: 'shop', fromMs: 350, toMs: 650, confidence: 0.9 },
    ]);
    // Weighted by duration.
    expect(heard.confidence).toBeCloseTo(0.8, 6);
  });

  it('of nothing, or fillers only, is empty and worth nothing', () => {
    for (const parts of [[], segments(['<s>', 20, 1, -12], ['[SPEECH]', 93, 1, -13], ['</s>', 99, 1, -6])])
      expect(hypothesisOf(parts)).toEqual({ text: '', confidence: 0, words: [] });
  });

  // As measured on sounds that are no speech.
  it.each([
    ['white noise without a path to the end', segments(['<s>', 4, 1, -25], ['thanks', 291, 1, 0])],
    ['pink noise', segments(['<s>', 4, 1, -26], ['what(2)', 272, 0.72, -28], ['</s>', 19, 1, -412])],
    ['an engine', segments(['<s>', 3, 1, -30], ['an(2)', 289, 0.62, -20], ['</s>', 3, 1, -1983])],
    [
      'ringing',
      segments(
        ['<s>', 3, 1, -26],
        ['the(2)', 45, 0.48, -34],
        ['<sil>', 47, 1, -31],
        ['the(2)', 55, 0.81, -38],
        ['</s>', 45, 1, -48],
      ),
    ],
    [
      'a melody',
      segments(
        ['<s>', 23, 1, -36],
        ['and', 45, 0.34, -45],
        ['<sil>', 53, 1, -30],
        ["i'm(2)", 124, 0.95, -39],
        ['not', 9, 0.97, -80],
        ['</s>', 41, 1, -17],
      ),
    ],
    [
      'babble',
      segments(
        ['<s>', 10, 1, -48],
        ['when(2)', 47, 0.7, -53],
        ['can(2)', 37, 0.96, -59],
        ['when(4)', 53, 0.44, -64],
        ['one', 32, 1, -81],
        ['</s>', 10, 1, -20],
      ),
    ],
    [
      'chords',
      segments(['<s>', 3, 1, -100], ['[SPEECH]', 21, 0.81, -14], ['who', 36, 0.92, -44], ['</s>', 27, 1, -13]),
    ],
  ])('of %s is not accepted', (_, parts) => {
    expect(hypothesisOf(parts).confidence).toBeLessThan(ACCEPT_ABOVE);
  });

  // As measured on voices.
  it.each([
    ['yes', segments(['<s>', 21, 1, -8], ['yes', 57, 0.8, -35], ['</s>', 39, 1, -52])],
    [
      'thank you',
      segments(['<s>', 21, 1, -12], ['thank', 49, 0.92, -54], ['you', 21, 0.98, -38], ['</s>', 38, 1, -21]),
    ],
    ['operator', segments(['<s>', 15, 1, -15], ['operator', 74, 1, -30], ['</s>', 39, 1, -58])],
  ])('of "%s" is accepted', (text, parts) => {
    const heard = hypothesisOf(parts);
    expect(heard.text).toBe(text);
    expect(heard.confidence).toBeGreaterThan(ACCEPT_ABOVE);
  });
});
