import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallOpening, CallService, LiveCall, OpenedCall, TracedMessage } from '../src/index.ts';
import { MemoryDirectory, pickUpTelephone, startService, type Telephone } from './scene.ts';

/** Gives the moment between the stored row and the answer to the test. */
class WatchedDirectory extends MemoryDirectory {
  opened: (call: OpenedCall) => void = () => {};

  override async openCall(opening: CallOpening) {
    const call = await super.openCall(opening);
    // After the call has taken the row over, long before its media thread has opened a port.
    setImmediate(() => this.opened(call));
    return call;
  }
}

let directory: WatchedDirectory;
let service: CallService;
let telephone: Telephone;
const traced: TracedMessage[] = [];

beforeEach(async () => {
  traced.length = 0;
  directory = new WatchedDirectory();
  telephone = await pickUpTelephone(32100);
  service = await startService(directory, {
    writeSipMessages: async (_call, messages) => {
      traced.push(...messages);
    },
  });
});

afterEach(async () => {
  await service.close();
  await telephone.close();
});

function live(id: string): LiveCall {
  const call = service.find(id);
  if (!call) throw new Error(`Call ${id} is not in progress.`);
  return call;
}

test('a call that is hung up while it rings is declined, and its record says by whom', async () => {
  const released = Promise.withResolvers<void>();
  directory.opened = (call) => void live(call.id).hangUp().then(released.resolve, released.reject);
  const { outcome } = await telephone.dial(service.sipPort);
  expect(outcome.status).toBe(603);
  await released.promise;
  expect(directory.calls[0]?.events.at(-1)).toMatchObject({ kind: 'ended', reason: 'ended_by_api', sipCode: 603 });
  expect(directory.calls[0]?.events.some(({ kind }) => kind === 'answered')).toBe(false);
  expect(service.find('0')).toBeUndefined();
});

test('keys and words wait for the answer', async () => {
  const outcomes: string[] = [];
  directory.opened = (call) => outcomes.push(live(call.id).pressDigits('1'), live(call.id).say('Hello.'));
  const { call } = await telephone.dial(service.sipPort);
  expect(outcomes).toEqual(['not_answered', 'not_answered']);
  expect(live('0').pressDigits('1')).toBe('pressed');
  expect(live('0').say('Hello.')).toBe('accepted');
  await call.hangup();
});

test('a call that is hung up in its middle ends with a BYE that says why', async () => {
  const { ended } = await telephone.dial(service.sipPort);
  await live('0').hangUp();
  expect(await ended).toContain('ended through the API');
  expect(directory.calls[0]?.events.at(-1)).toMatchObject({ kind: 'ended', reason: 'ended_by_api', sipCode: 200 });
});

test('the SIP messages of a call are written from its challenge on; those of strangers are not', async () => {
  await telephone.dial(service.sipPort, { user: 'stranger' });
  const { call } = await telephone.dial(service.sipPort);
  await call.hangup();
  await service.close();
  const texts = traced.map(({ text }) => text);
  expect(texts[0]).toMatch(/^INVITE /);
  expect(texts[1]).toMatch(/^SIP\/2.0 401 /);
  expect(texts.findLast((text) => text.startsWith('BYE '))).toBeDefined();
  expect(texts.join('')).not.toContain('stranger');
});
