import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { goodbyeTable } from '../src/goodbye-table.ts';
import { hearingTable } from '../src/hearing-table.ts';
import { interruptionTable } from '../src/interruption-table.ts';
import { silenceTable } from '../src/silence-table.ts';
import type { Transition } from '../src/transition-table.ts';
import { turnTable } from '../src/turn-table.ts';
import { drawTurnPage } from '../tools/turn-drawing.ts';

type AnyTable = Readonly<Record<string, Readonly<Record<string, Transition<string, string> | null>>>>;

const machines: { name: string; table: AnyTable; initial: string; terminal: readonly string[] }[] = [
  { name: 'hearing', table: hearingTable, initial: 'quiet', terminal: [] },
  { name: 'turn', table: turnTable, initial: 'idle', terminal: ['ended'] },
  { name: 'interruption', table: interruptionTable, initial: 'none', terminal: [] },
  { name: 'silence', table: silenceTable, initial: 'waiting', terminal: [] },
  { name: 'goodbye', table: goodbyeTable, initial: 'none', terminal: ['ended'] },
];

describe.each(machines)('$name', ({ table, initial, terminal }) => {
  const states = Object.keys(table);
  const events = Object.keys(table[initial] ?? {});
  const cells = states.flatMap((state) => events.map((event) => ({ state, event, cell: table[state]?.[event] })));

  test('decides every event in every state', () => {
    for (const { state, event, cell } of cells) {
      expect(cell, `${event} in ${state}`).toBeDefined();
      if (cell) expect(states, `${event} in ${state}`).toContain(cell.to);
    }
    for (const state of states) expect(Object.keys(table[state] ?? {}).sort()).toEqual([...events].sort());
  });

  test('has no event without meaning', () => {
    for (const event of events) expect(cells.some((cell) => cell.event === event && cell.cell)).toBe(true);
  });

  test('reaches every state, and leaves all but the last', () => {
    const reached = new Set([initial]);
    for (const state of reached) {
      for (const { cell } of cells.filter((one) => one.state === state)) if (cell) reached.add(cell.to);
    }
    expect([...reached].sort()).toEqual([...states].sort());
    for (const state of states) {
      const leaves = cells.some((one) => one.state === state && one.cell && one.cell.to !== state);
      expect(leaves, state).toBe(!terminal.includes(state));
    }
  });
});

test('every speech that is heard is recorded before it is dropped', () => {
  for (const cell of Object.values(turnTable.speaking)) {
    if (!cell?.effects.includes('drop_speech')) continue;
    expect(cell.effects.indexOf('record_heard')).toBeGreaterThanOrEqual(0);
    expect(cell.effects.indexOf('record_heard')).toBeLessThan(cell.effects.indexOf('drop_speech'));
  }
});

test('accepted or rejected words, and the end of the speech, settle every interruption', () => {
  for (const row of Object.values(interruptionTable)) {
    for (const event of ['accepted', 'rejected', 'speech_over'] as const) expect(row[event]?.to ?? 'none').toBe('none');
  }
});

test('the drawing in docs/turn.md is up to date', () => {
  const page = readFileSync(new URL('../../../docs/turn.md', import.meta.url), 'utf8');
  expect(page).toBe(drawTurnPage());
});
