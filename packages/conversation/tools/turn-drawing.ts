/** The transition tables as a page of Mermaid state diagrams: docs/turn.md. */
import { goodbyeTable } from '../src/goodbye-table.ts';
import { hearingTable } from '../src/hearing-table.ts';
import { interruptionTable } from '../src/interruption-table.ts';
import { silenceTable } from '../src/silence-table.ts';
import type { Transition, TransitionTable } from '../src/transition-table.ts';
import { turnTable } from '../src/turn-table.ts';

export function drawTurnPage(): string {
  return `${sections().join('\n\n')}\n`;
}

function sections(): string[] {
  return [
    '# The turn: who speaks, and when it is over',
    'Drawn from the transition tables of `packages/conversation/src` by `node packages/conversation/tools/draw-tables.mjs`; do not edit. A line reads: event / effects. Events that change nothing in a state are left out.',
    section('Hearing: the caller’s turn', 'hearing-table.ts', hearingTable, 'quiet'),
    section('Turn: the agent’s voice', 'turn-table.ts', turnTable, 'idle'),
    section('Interruption: the caller takes the floor', 'interruption-table.ts', interruptionTable, 'none'),
    section('Silence: the caller says nothing', 'silence-table.ts', silenceTable, 'waiting'),
    section('Goodbye: the end of the call', 'goodbye-table.ts', goodbyeTable, 'none'),
  ];
}

function section<State extends string, Event extends string, Effect extends string>(
  title: string,
  file: string,
  table: TransitionTable<State, Event, Effect>,
  initial: State,
): string {
  return [`## ${title}`, `\`${file}\``, `\`\`\`mermaid\n${drawTable(table, initial)}\n\`\`\``].join('\n\n');
}

function drawTable<State extends string, Event extends string, Effect extends string>(
  table: TransitionTable<State, Event, Effect>,
  initial: State,
): string {
  type Cell = Transition<State, Effect> | null;
  const lines = ['stateDiagram-v2', `  [*] --> ${initial}`];
  for (const [state, row] of Object.entries<Readonly<Record<Event, Cell>>>(table)) {
    for (const [event, cell] of Object.entries<Cell>(row)) {
      if (cell === null) continue;
      const effects = cell.effects.length > 0 ? ` / ${cell.effects.join(', ')}` : '';
      lines.push(`  ${state} --> ${cell.to}: ${event}${effects}`);
    }
  }
  return lines.join('\n');
}
