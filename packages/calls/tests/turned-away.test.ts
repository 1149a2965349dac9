/** What the other side reads when a call is turned away, over real sockets. */
import { createSipEndpoint, header, type SipResponse, type SourcePolicy } from '@dialplane/sip';
import { expect, onTestFinished, test } from 'vitest';
import type { CallServiceOptions } from '../src/index.ts';
import { MemoryDirectory, startService } from './scene.ts';

const offer = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 34900 RTP/AVP 0',
  '',
].join('\r\n');

/** Every source belongs to the trunk of the scene. */
const everybody: SourcePolicy = {
  isListed: () => true,
  identify: () => ({ kind: 'known', owner: 'trunk-1', style: 'ip' }),
};

/** Calls without credentials. @returns the final answer, and the service's directory. */
async function call(directory: MemoryDirectory, options: Partial<CallServiceOptions> = {}): Promise<SipResponse> {
  const service = await startService(directory, { sourcePolicy: everybody, ...options });
  const carrier = await createSipEndpoint({ host: '127.0.0.1', port: 0, userAgent: 'carrier' });
  onTestFinished(async () => {
    await carrier.close();
    await service.close();
  });
  return new Promise((resolve, reject) => {
    carrier.call({
      target: `sip:+12025550100@127.0.0.1:${service.sipPort}`,
      from: 'sip:+12025550199@127.0.0.1',
      sdp: offer,
      handlers: {
        answered: (_, response) => resolve(response),
        refused: (status, reason, response) =>
          response ? resolve(response) : reject(new Error(`no answer: ${status} ${reason}`)),
      },
    });
  });
}

test('a call that cannot be made ready in time gets 503 with Reason and Retry-After', async () => {
  const directory = new MemoryDirectory();
  const opening = Promise.withResolvers<void>();
  directory.beforeOpen = () => opening.promise;
  const answer = await call(directory, { answerWithinMs: 150 });
  opening.resolve();
  expect([answer.status, header(answer, 'Retry-After')]).toEqual([503, '5']);
  expect(header(answer, 'Reason')).toBe('Q.850;cause=41;text="The call could not be answered within 0.15 s."');
  expect(directory.refusals).toMatchObject([
    { code: 'internal_error', status: 503, reason: 'The call could not be answered within 0.15 s.' },
  ]);
});

test('a call nobody takes says why in Warning and Reason', async () => {
  const directory = new MemoryDirectory();
  directory.agents = [];
  const answer = await call(directory);
  const sentence = 'No enabled inbound agent could take the call. Create one or enable one.';
  expect([answer.status, header(answer, 'Warning'), header(answer, 'Retry-After')]).toEqual([
    480,
    `399 dialplane "${sentence}"`,
    undefined,
  ]);
  expect(header(answer, 'Reason')).toBe(`Q.850;cause=20;text="${sentence}"`);
});

test.each([
  [480, 503, '5'],
  [486, 486, undefined],
])('over its limit a trunk whose no_agent_status is %i gets %i', async (noAgentStatus, status, retryAfter) => {
  const directory = new MemoryDirectory();
  directory.trunk = { maxCalls: 0, noAgentStatus };
  const answer = await call(directory);
  expect([answer.status, header(answer, 'Retry-After')]).toEqual([status, retryAfter]);
  expect(header(answer, 'Warning')).toContain('as many calls as it may have (0)');
});

test('a call that is answered in time stays answered', async () => {
  const answer = await call(new MemoryDirectory(), { answerWithinMs: 2000 });
  expect(answer.status).toBe(200);
});
