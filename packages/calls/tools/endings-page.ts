/** Writes docs/endings.md from the table of endings: `node packages/calls/tools/endings-page.ts`. */
import { writeFileSync } from 'node:fs';
import { type Ending, endings } from '../src/endings.ts';

export const endingsPageUrl = new URL('../../../docs/endings.md', import.meta.url);

export function endingsPage(): string {
  const rows = Object.entries<Ending>(endings).map(
    ([reason, { by, class: endingClass, sipCode, q850Cause, sentence }]) =>
      `| <a id="${reason}"></a>\`${reason}\` | ${by} | ${endingClass} | ${sipCode} | ${q850Cause} | ${sentence} |`,
  );
  return [
    '# How calls end',
    '',
    'A call ends for exactly one of these reasons. *Who* ended it, *whose* doing it was (ours, theirs, upstream, unknown), the SIP',
    'status (200: only answered calls end so) and the Q.850 cause sent in the Reason header. Generated from',
    '`packages/calls/src/endings.ts`.',
    '',
    '| reason | who | whose | SIP | Q.850 | what it means |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

if (import.meta.main) writeFileSync(endingsPageUrl, endingsPage());
