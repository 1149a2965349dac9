import { expect, test, vi } from 'vitest';
import { newSrtpKey, type SrtpSuite, srtpProfiles } from '../src/index.ts';
import { openLeg, openPeer } from './leg-peer.ts';

const suites = Object.keys(srtpProfiles) as SrtpSuite[];

async function pair(suite: SrtpSuite) {
  const one = await openLeg();
  const other = await openLeg();
  const keys = { local: newSrtpKey(suite), remote: newSrtpKey(suite) };
  const at = (port: number) => ({ remote: { address: '127.0.0.1', port }, payloadType: 0, rtcpMux: true });
  const connect = ({ local, remote } = keys) => {
    one.leg.connect({ ...at(other.leg.localPort), srtp: { local, remote } });
    other.leg.connect({ ...at(one.leg.localPort), srtp: { local: remote, remote: local } });
  };
  const speak = async (byte: number) => {
    one.leg.payload.fill(byte);
    one.leg.send(false);
    await vi.waitFor(() => expect(other.heard.at(-1)).toBe(String(byte)));
  };
  connect();
  return { one, other, keys, at, connect, speak };
}

test.each(suites)('%s carries sound from leg to leg', async (suite) => {
  const { one, other, speak } = await pair(suite);
  for (const byte of [11, 12, 13]) await speak(byte);
  other.leg.payload.fill(21);
  other.leg.send(false);
  await vi.waitFor(() => expect(one.heard).toEqual(['21']));
  expect(other.leg.stats).toMatchObject({ received: 3, undecipherable: 0, lost: 0 });
});

test('another agreement with the same keys goes on, and one with new keys is understood from both on', async () => {
  const { one, other, keys, at, connect, speak } = await pair('AEAD_AES_128_GCM');
  await speak(1);
  connect(keys);
  await speak(2);
  // The receiver has the new key already, a packet with the old one is still on its way.
  const local = newSrtpKey('AEAD_AES_128_GCM');
  other.leg.connect({ ...at(one.leg.localPort), srtp: { local: keys.remote, remote: local } });
  await speak(3);
  one.leg.connect({ ...at(other.leg.localPort), srtp: { local, remote: keys.remote } });
  await speak(4);
  expect(other.leg.stats).toMatchObject({ undecipherable: 0, received: 4 });
});

test('plain packets, wrong keys and repeated packets are neither heard nor followed', async () => {
  const peer = await openPeer();
  const key = newSrtpKey('AES_CM_128_HMAC_SHA1_80');
  const nowhere = { address: '127.0.0.1', port: 9 };
  const { leg, heard } = await openLeg({ remote: nowhere, payloadType: 0, srtp: { local: key, remote: key } });
  peer.send(leg.localPort, { sequence: 1, payload: Buffer.alloc(160) });
  await vi.waitFor(() => expect(leg.stats.undecipherable).toBe(1));
  expect(heard).toEqual([]);
  expect(leg.target).toEqual(nowhere);
});

test('the count of an encrypted stream goes on after a restart of the process', async () => {
  const { one, other, speak } = await pair('AES_CM_128_HMAC_SHA1_80');
  await speak(1);
  const snapshot = JSON.parse(JSON.stringify(one.leg.snapshot()));
  await one.leg.close();
  const after = await openLeg();
  after.leg.restore(snapshot);
  expect(after.leg.snapshot()).toEqual(snapshot);
  after.leg.payload.fill(2);
  after.leg.send(false);
  // From another port: the source is not locked yet, but still the one that was heard.
  await vi.waitFor(() => expect(other.leg.stats.foreign).toBe(1));
  expect(other.leg.stats.undecipherable).toBe(0);
});
