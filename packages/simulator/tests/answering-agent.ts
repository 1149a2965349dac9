/** The far end of a simulated call: a small SIP server that greets with a tone and replies with another. */
import { randomBytes, randomInt } from 'node:crypto';
import { decodeG711, encodeG711, type G711Law, rmsDbfs, sine } from '@dialplane/audio';
import { createMediaClock, createPortPool, openRtpLeg, sharedNowMs } from '@dialplane/rtp';
import { createSipEndpoint, type IncomingCall, negotiateAudio } from '@dialplane/sip';

const HOST = '127.0.0.1';
const LOUD_DBFS = -45;

export const GREETING_HZ = 440;
export const REPLY_HZ = 1000;
export const credentials = { username: 'trunk', password: 'secret' };

export interface AgentOptions {
  /** 300 ms when not given; it begins at once. */
  readonly greetingMs?: number;
  /** Silence after which the caller has finished, and the reply begins. */
  readonly replyAfterMs?: number;
  /** Lines that get a reply; more are met with silence. */
  readonly replies?: number;
  /** Hangs up this long after the last reply. */
  readonly hangUpAfterMs?: number;
  readonly refuseWith?: number;
  /** Rings and never answers. */
  readonly onlyRings?: boolean;
  readonly sessionId?: string;
}

export interface AnsweringAgent {
  readonly server: { readonly host: string; readonly port: number };
  readonly digits: string[];
  /** What it measured itself: the caller's last loud sample heard to the first sample of its reply sent. */
  readonly repliedAfterMs: number[];
  readonly invitedHeaders: (string | undefined)[];
  readonly callsOver: number;
  close(): Promise<void>;
}

export async function startAnsweringAgent(options: AgentOptions = {}): Promise<AnsweringAgent> {
  const { greetingMs = 300, replyAfterMs = 400, replies = 99, hangUpAfterMs, refuseWith, onlyRings } = options;
  const digits: string[] = [];
  const repliedAfterMs: number[] = [];
  const invitedHeaders: (string | undefined)[] = [];
  let callsOver = 0;
  const firstPort = 12_000 + randomInt(40) * 100;
  const pool = createPortPool({ min: firstPort, max: firstPort + 99, host: HOST });
  const clock = createMediaClock({
    onError(error) {
      throw error;
    },
  });

  async function take(call: IncomingCall): Promise<void> {
    invitedHeaders.push(call.request.headers.get('X-OPENCX-AGENT-ID'));
    if (refuseWith !== undefined) return call.refuse(refuseWith);
    call.ring();
    if (onlyRings) return;
    let law: G711Law = 'mu';
    let lastLoudMs = 0;
    const samples = new Int16Array(960);
    const leg = await openRtpLeg({
      pool,
      handlers: {
        onSound(packet, { payloadFrom: from, payloadTo: to }) {
          decodeG711(law, packet, from, to, samples, 0);
          for (let at = 0; at < to - from; at += 40) {
            if (rmsDbfs(samples, at, at + 40) > LOUD_DBFS) lastLoudMs = sharedNowMs() + (at + 40) / 8;
          }
        },
        onDigit(digit) {
          digits.push(digit);
          lastLoudMs = sharedNowMs();
        },
        onError(error) {
          throw error;
        },
      },
    });
    const agreed = call.offer && negotiateAudio(call.offer, localAudio(leg.localPort));
    if (!agreed) return call.refuse(488);
    law = agreed.codec === 'PCMA' ? 'a' : 'mu';
    leg.connect(agreed);

    let playing = tone(GREETING_HZ, greetingMs);
    let at = 0;
    let given = 0;
    let hangUpAtMs = Number.POSITIVE_INFINITY;
    const seat = clock.join({
      tick() {
        const nowMs = sharedNowMs();
        const isDue = lastLoudMs > 0 && nowMs - lastLoudMs >= replyAfterMs;
        if (at >= playing.length && isDue && given < replies) {
          repliedAfterMs.push(nowMs - lastLoudMs);
          [playing, at, lastLoudMs] = [tone(REPLY_HZ, 400), 0, 0];
          given += 1;
          if (given === replies && hangUpAfterMs !== undefined) hangUpAtMs = nowMs + 400 + hangUpAfterMs;
        }
        const frame = new Int16Array(160);
        frame.set(playing.subarray(at, at + 160));
        at += 160;
        encodeG711(law, frame, 0, 160, leg.payload, 0);
        leg.send(false);
        if (nowMs >= hangUpAtMs) {
          hangUpAtMs = Number.POSITIVE_INFINITY;
          void call.hangup();
        }
      },
    });
    const over = () => {
      callsOver += 1;
      seat.leave();
      void leg.close();
    };
    call.handle({ ended: over, cancelled: over });
    call.answer(agreed.answer, options.sessionId === undefined ? {} : { 'X-OPENCX-SESSION-ID': options.sessionId });
  }

  const endpoint = await createSipEndpoint({
    host: HOST,
    port: 0,
    userAgent: 'answering agent',
    authentication: {
      realm: 'test',
      nonceKey: randomBytes(32),
      findCredential: async (username) =>
        username === credentials.username ? { password: credentials.password, owner: 'test' } : undefined,
    },
    onInvite: (call) => void take(call),
  });

  return {
    server: { host: HOST, port: endpoint.port },
    digits,
    repliedAfterMs,
    invitedHeaders,
    get callsOver() {
      return callsOver;
    },
    close: () => endpoint.close(),
  };
}

function localAudio(port: number) {
  return { address: HOST, port, codecs: ['PCMU', 'PCMA'], sessionId: 1 } as const;
}

function tone(frequencyHz: number, durationMs: number): Int16Array {
  return sine({ frequencyHz, sampleRate: 8000, durationMs, levelDbfs: -20 });
}
