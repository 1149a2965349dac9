import { expect, test } from 'vitest';
import { Player } from '../src/player.ts';
import { Speech } from '../src/speech.ts';

/** One clause of words of 1000 samples each, in chunks of 700. */
function speech(text: string, level = 8000): Speech {
  const made = new Speech('answer', null, 0);
  const clause = made.openClause(text);
  const words = [...text.matchAll(/\S+/g)].map((part, index) => ({
    from: part.index,
    to: part.index + part[0].length,
    endSample: (index + 1) * 1000,
  }));
  const total = words.length * 1000;
  for (let from = 0; from < total; from += 700) {
    const to = Math.min(from + 700, total);
    clause.append({
      samples: new Int16Array(to - from).fill(level),
      words: words.filter(({ endSample }) => endSample > from && endSample <= to),
    });
  }
  clause.complete = true;
  made.textComplete = true;
  return made;
}

function play(player: Player, frames: number): Int16Array {
  const sound = new Int16Array(frames * 160);
  for (let i = 0; i < frames; i++) player.fill(sound.subarray(i * 160, (i + 1) * 160));
  return sound;
}

test('gives every sample once, then silence', () => {
  const player = new Player();
  const said = speech('one two');
  player.play(said);
  const sound = play(player, 14);
  expect(sound.filter((sample) => sample === 8000)).toHaveLength(2000);
  expect(sound.slice(2000).every((sample) => sample === 0)).toBe(true);
  expect(said.finished).toBe(true);
  expect(said.takeHeard()).toBe('one two');
});

test('fades without a jump when it ducks and pauses', () => {
  const player = new Player();
  player.play(speech('one two three four five six seven'));
  play(player, 5);
  player.duck();
  const ducking = play(player, 4);
  player.hold();
  const pausing = play(player, 2);
  const all = [...ducking, ...pausing];
  const jumps = all.map((sample, index) => Math.abs(sample - (all[index - 1] ?? 8000)));
  expect(Math.max(...jumps)).toBeLessThan(80);
  expect(ducking.at(-1)).toBe(Math.trunc(8000 * 10 ** (-12 / 20)));
  expect(pausing[159]).toBe(0);
  expect(pausing.slice(160).every((sample) => sample === 0)).toBe(true);
});

test('goes on at the beginning of the word that was cut', () => {
  const player = new Player();
  const said = speech('one two three');
  player.play(said);
  play(player, 9); // 1440 samples: in the middle of "two".
  player.hold();
  play(player, 3);
  expect(said.heardUntold()).toBe('one');
  player.free();
  const rest = play(player, 20);
  // "two" and "three", the fade-in included.
  expect(rest.findLastIndex((sample) => sample !== 0) + 1).toBe(2000);
  expect(said.takeHeard()).toBe('one two three');
});

test('a pause before the first sample repeats and loses nothing', () => {
  const player = new Player();
  player.play(speech('one two'));
  player.hold();
  expect(play(player, 10).every((sample) => sample === 0)).toBe(true);
  player.free();
  expect(play(player, 14).filter((sample) => sample === 8000)).toHaveLength(2000);
});

test('heard text is cut at the word and taken once', () => {
  const player = new Player();
  const said = speech('We are open, from nine.');
  player.play(said);
  play(player, 20); // 3200 samples: three words and a bit.
  expect(said.takeHeard()).toBe('We are open,');
  expect(said.takeHeard()).toBe('');
  expect(said.unheard()).toBe('from nine.');
  play(player, 20);
  expect(said.takeHeard()).toBe('from nine.');
  expect(said.unheard()).toBe('');
});

test('waits in silence for sound that is late', () => {
  const player = new Player();
  const said = new Speech('answer', null, 0);
  const clause = said.openClause('late');
  player.play(said);
  expect(play(player, 2).every((sample) => sample === 0)).toBe(true);
  expect(said.starving).toBe(true);
  clause.append({ samples: new Int16Array(320).fill(8000), words: [{ from: 0, to: 4, endSample: 320 }] });
  expect(play(player, 2).every((sample) => sample === 8000)).toBe(true);
  expect(said.finished).toBe(false);
  clause.complete = true;
  said.textComplete = true;
  play(player, 1);
  expect(said.finished).toBe(true);
});
