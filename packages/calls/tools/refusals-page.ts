/** Writes docs/sip/refusals.md from the tables of refusals and endings: `node packages/calls/tools/refusals-page.ts`. */
import { writeFileSync } from 'node:fs';
import { dialogRefusals, type RefusalKind, reasonPhrase, refusalCodes } from '@dialplane/sip';
import { type Ending, endings } from '../src/endings.ts';

export const refusalsPageUrl = new URL('../../../docs/sip/refusals.md', import.meta.url);

interface Entry {
  readonly status: number;
  /** Undefined for what belongs to the course of a call. */
  readonly code: string | undefined;
  readonly sentence: string;
}

/** Statuses a trunk's `no_agent_status` can choose in place of an ending's own. */
const chosenStatuses = [486, 503];

function entries(): Entry[] {
  const atTheDoor = Object.entries<RefusalKind>(refusalCodes).map(([code, { status, sentence }]) => ({
    status,
    code,
    sentence,
  }));
  const ofCalls = Object.entries<Ending>(endings)
    .filter(([, { by, sipCode }]) => by === 'us' && sipCode >= 300)
    .map(([code, { sipCode, sentence }]) => ({ status: sipCode, code, sentence }));
  const chosen = chosenStatuses.map((status) => ({
    status,
    code: 'no_agent',
    sentence: `${endings.no_agent.sentence} The trunk's \`no_agent_status\` is ${status}.`,
  }));
  const limits = {
    status: 486,
    code: 'over_capacity',
    sentence:
      'The trunk has as many calls, or as many new ones a second, as it may have, and its `no_agent_status` is 486.',
  };
  const inCalls = Object.entries(dialogRefusals).map(([status, sentence]) => ({
    status: Number(status),
    code: undefined,
    sentence,
  }));
  return [...atTheDoor, ...ofCalls, ...chosen, limits, ...inCalls];
}

export function refusalsPage(): string {
  const all = entries();
  const statuses = [...new Set(all.map(({ status }) => status))].filter((status) => status > 0).sort((a, b) => a - b);
  const section = (status: number, title: string) => [
    `## ${title}`,
    '',
    ...all
      .filter((entry) => entry.status === status)
      .map(({ code, sentence }) =>
        code === undefined
          ? `- within a call: ${sentence}`
          : `- <a id="${code}-${status}"></a>\`${code}\`: ${sentence}`,
      ),
    '',
  ];
  return [
    '# Why was my call refused?',
    '',
    'Every answer outside of 2xx that this server sends, by its SIP status. The `Warning` header of the answer has the cause in a',
    'sentence, refused calls also a `Reason` with the Q.850 cause, and every 503 a `Retry-After`. `GET /phone/sip/refusals` lists',
    'refused calls with the code below, `POST /phone/sip/route-test` says which agent a call would reach, and',
    '`GET /phone/calls/{call_id}/trace.pcap` has the messages of calls that were let in. Generated from',
    '`packages/sip/src/endpoint/refusal-codes.ts` and `packages/calls/src/endings.ts`.',
    '',
    'A request outside of a call is checked in this order: source (no answer while it is silenced), syntax, Max-Forwards,',
    'overload, who sent it, method, `Require`, body, then trunk limits, codec and routing. `OPTIONS` is answered without asking',
    'who sent it, since carriers probe with it; `ACK`, `CANCEL` and the requests of a call on its own flow are never challenged.',
    '',
    ...section(0, 'No answer'),
    ...statuses.flatMap((status) => section(status, `${status} ${reasonPhrase(status)}`)),
  ].join('\n');
}

if (import.meta.main) writeFileSync(refusalsPageUrl, refusalsPage());
