import { describe, expect, it } from 'vitest';
import { TableMachine } from '../../src/transition-table.ts';

type Table = Readonly<
  Record<string, Readonly<Record<string, { readonly next: string; readonly actions?: readonly string[] } | undefined>>>
>;

export interface MachineCells {
  readonly name: string;
  readonly table: Table;
  /** Separated by blanks. */
  readonly events: string;
  readonly states: string;
  /** Each line: state, event, next state, actions. Every pair that is not listed must change nothing. */
  readonly cells: string;
}

/** Tries every event in every state of a machine. */
export function describeMachine({ name, table, events, states, cells }: MachineCells): void {
  const expected = new Map(
    cells
      .trim()
      .split('\n')
      .map((line) => line.trim().split(' '))
      .map(([state, event, next, ...actions]) => [`${state} ${event}`, { next, actions }]),
  );
  const pairs = states.split(' ').flatMap((state) => events.split(' ').map((event) => [state, event] as const));

  describe(name, () => {
    it('has these states and no others', () => {
      expect(Object.keys(table)).toEqual(states.split(' '));
      for (const row of Object.values(table))
        for (const event of Object.keys(row)) expect(events.split(' ')).toContain(event);
    });

    it.each(pairs)('%s, %s', (state, event) => {
      const performed: string[] = [];
      const record = new Proxy<Record<string, () => void>>(
        {},
        { get: (_, action) => () => performed.push(String(action)) },
      );
      const machine = new TableMachine<string, string, string>(table as never, state, record);
      machine.fire(event);
      const cell = expected.get(`${state} ${event}`);
      expect(machine.state).toBe(cell?.next ?? state);
      expect(performed).toEqual(cell?.actions ?? []);
    });
  });
}
