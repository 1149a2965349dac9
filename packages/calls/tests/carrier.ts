/** A carrier that takes calls over real sockets, and keeps what was said to it. */
import { decodeG711 } from '@dialplane/audio';
import { createMediaClock, createPortPool, openRtpLeg } from '@dialplane/rtp';
import { createSipEndpoint, type IncomingCall, negotiateAudio } from '@dialplane/sip';

export const carrierCredentials = { username: 'account', password: 'battery staple' };

export interface TestCarrier {
  readonly port: number;
  /** Calls that came in, the last one at the end. */
  readonly calls: readonly IncomingCall[];
  /** What the carrier does with the next calls. */
  onCall: (call: IncomingCall) => void;
  /** Our description in answer to the call's; undefined when nothing is common. */
  describe(call: IncomingCall): string | undefined;
  /** Answers with our media port. */
  answer(call: IncomingCall): void;
  /** Everything heard since the answer, 8 kHz. */
  heard(): Int16Array;
  /** Resolves when the last call is over; with what ended it. */
  readonly ended: Promise<{ readonly by: string }>;
  close(): Promise<void>;
}

export async function openCarrier(portMin: number): Promise<TestCarrier> {
  const pool = createPortPool({ host: '127.0.0.1', min: portMin, max: portMin + 9 });
  const sound: Int16Array[] = [];
  const leg = await openRtpLeg({
    pool,
    handlers: {
      onSound(packet, { payloadFrom: from, payloadTo: to }) {
        const samples = new Int16Array(to - from);
        decodeG711('mu', packet, from, to, samples, 0);
        sound.push(samples);
      },
      onDigit: () => {},
      onError: () => {},
    },
  });
  const clock = createMediaClock({ onError: () => {} });
  const seat = clock.join({
    tick() {
      leg.payload.fill(0xff);
      leg.send(false);
    },
  });
  const calls: IncomingCall[] = [];
  const ended = Promise.withResolvers<{ by: string }>();
  const endpoint = await createSipEndpoint({
    host: '127.0.0.1',
    port: 0,
    userAgent: 'carrier',
    authentication: {
      realm: 'carrier',
      nonceKey: new Uint8Array(32),
      findCredential: async (username) =>
        username === carrierCredentials.username ? { password: carrierCredentials.password, owner: 'us' } : undefined,
    },
    onInvite(call) {
      calls.push(call);
      call.handle({
        cancelled: () => ended.resolve({ by: 'cancel' }),
        ended: (end) => ended.resolve(end),
      });
      carrier.onCall(call);
    },
  });
  const carrier: TestCarrier = {
    port: endpoint.port,
    calls,
    onCall: (call) => carrier.answer(call),
    describe(call) {
      const local = { address: '127.0.0.1', port: leg.localPort, codecs: ['PCMU'], sessionId: 1 } as const;
      const agreed = call.offer && negotiateAudio(call.offer, local);
      if (agreed) leg.connect(agreed);
      return agreed?.answer;
    },
    answer(call) {
      const answer = carrier.describe(call);
      if (answer === undefined) call.refuse(488);
      else call.answer(answer);
    },
    heard() {
      const all = new Int16Array(sound.reduce((count, one) => count + one.length, 0));
      let at = 0;
      for (const one of sound) {
        all.set(one, at);
        at += one.length;
      }
      return all;
    },
    ended: ended.promise,
    close: async () => {
      seat.leave();
      await leg.close();
      await endpoint.close();
    },
  };
  return carrier;
}
