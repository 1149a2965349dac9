import { expect, test } from 'vitest';
import { liveTelephone } from '../../live-telephone.ts';
import { saidHz, wordsToSay } from '../../telephone.ts';

const live = liveTelephone();

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
};

test('given words are spoken', async () => {
  const { id, dialled } = await live.dial();
  const said = await live.server.request('POST', `/phone/calls/${id}/say`, { body: { text: wordsToSay } });
  expect(said).toMatchObject({ status: 200, body: { id, text: wordsToSay } });
  await until(() => live.telephone.heard(saidHz) > -25);
  await dialled.call.hangup();
});
