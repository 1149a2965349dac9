import { sine } from '@dialplane/audio';
import { expect, test } from 'vitest';
import { createAgentEar, endOfSpeechSamples } from '../src/agent-ear.ts';

const FRAME_MS = 20;

/** Plays sound into an ear as packets of 20 ms that arrive from `fromMs` on, and ticks along. */
function listen() {
  const events: string[] = [];
  const ear = createAgentEar({
    began: (onsetMs) => events.push(`began ${onsetMs}`),
    finished: () => events.push('finished'),
  });
  let nowMs = 1000;
  return {
    ear,
    events,
    play(samples: Int16Array) {
      for (let at = 0; at < samples.length; at += 160) {
        ear.hear(samples.subarray(at, at + 160), Math.min(160, samples.length - at), nowMs);
        ear.tick(nowMs);
        nowMs += FRAME_MS;
      }
    },
    wait(ms: number) {
      for (const untilMs = nowMs + ms; nowMs < untilMs; nowMs += FRAME_MS) ear.tick(nowMs);
    },
  };
}

function tone(durationMs: number, levelDbfs = -20): Int16Array {
  return sine({ frequencyHz: 400, sampleRate: 8000, durationMs, levelDbfs });
}

function silence(durationMs: number): Int16Array {
  return new Int16Array(durationMs * 8);
}

function together(...sounds: Int16Array[]): Int16Array {
  return Int16Array.from(sounds.flatMap((sound) => [...sound]));
}

test('speech begins at its first loud 5 ms inside the packet', () => {
  const { play, events, ear } = listen();
  play(together(silence(110), tone(300), silence(10)));
  expect(events).toEqual(['began 1110']);
  expect(ear.speaking).toBe(true);
  expect(ear.speech).toEqual({ onsetMs: 1110, lastMs: 1410 });
});

test('it is over after 700 ms of silence, also when no packets come', () => {
  const { play, wait, events, ear } = listen();
  play(tone(200));
  wait(680);
  expect(events).toEqual(['began 1000']);
  wait(60);
  expect(events).toEqual(['began 1000', 'finished']);
  expect(ear.speech).toEqual({ onsetMs: 1000, lastMs: 1200 });
});

test('pauses between words are no end', () => {
  const { play, events } = listen();
  play(together(tone(200), silence(600), tone(200), silence(600)));
  expect(events).toEqual(['began 1000']);
});

test('comfort noise and clicks are no speech', () => {
  const { play, events } = listen();
  play(tone(500, -60));
  play(together(tone(10), silence(290), tone(20), silence(280)));
  expect(events).toEqual([]);
});

test('a soft beginning broken by a short gap belongs to the speech', () => {
  const { play, events } = listen();
  play(together(tone(10), silence(30), tone(200)));
  expect(events).toEqual(['began 1000']);
});

test('the end of a line is its last loud block, not its tail', () => {
  expect(endOfSpeechSamples(together(silence(100), tone(300), silence(500)))).toBe(3200);
  expect(endOfSpeechSamples(tone(100))).toBe(800);
  expect(endOfSpeechSamples(silence(100))).toBe(0);
  expect(endOfSpeechSamples(new Int16Array(0))).toBe(0);
});
