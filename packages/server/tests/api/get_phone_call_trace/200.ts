import { expect, test } from 'vitest';
import { liveTelephone } from '../../live-telephone.ts';

const live = liveTelephone();

test("the trace has the call's SIP messages from the challenge to the end, without credentials", async () => {
  const { id, dialled } = await live.dial();
  await dialled.call.hangup();
  interface Trace {
    readonly items: readonly { readonly direction: string; readonly at_ms: number; readonly text: string }[];
    readonly next: string | null;
  }
  const firstLines = (trace: Trace) =>
    trace.items.map(({ direction, text }) => `${direction} ${text.slice(0, text.indexOf('\r\n'))}`);
  const read = async (query = '') => (await live.server.request<Trace>('GET', `/phone/calls/${id}/trace${query}`)).body;
  const whole = ['INVITE', '401', 'ACK', 'INVITE', '100', '180', '200', 'ACK', 'BYE', '200'];
  let trace = await read();
  while (trace.items.length < whole.length) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    trace = await read();
  }
  for (const [i, word] of whole.entries()) expect(firstLines(trace)[i]).toContain(word);
  expect(trace.items.map(({ direction }) => direction).slice(0, 4)).toEqual(['in', 'out', 'in', 'in']);
  const all = trace.items.map(({ text }) => text).join('\n');
  expect(all).toContain('Authorization: Digest response="(removed)"');
  expect(all).not.toMatch(/response="(?!\(removed\))/);
  const page = await read('?limit=3');
  expect(page.items).toEqual(trace.items.slice(0, 3));
  expect((await read(`?cursor=${page.next}`)).items).toEqual(trace.items.slice(3));
});
