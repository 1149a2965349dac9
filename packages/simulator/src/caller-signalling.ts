import { randomInt } from 'node:crypto';
import { isIPv6 } from 'node:net';
import {
  audioOffer,
  header,
  type LocalAudio,
  type NegotiatedAudio,
  negotiateAudio,
  type OutgoingCall,
  readAudioAnswer,
  type SipEndpoint,
} from '@dialplane/sip';
import type { CallOptions } from './call-options.ts';

const SESSION_HEADER = 'X-OPENCX-SESSION-ID';

/** What becomes of the INVITE. Exactly one of `refused` and `ended` is called, once, and last. */
export interface CallerSignallingEvents {
  /** The server has the INVITE. */
  trying(): void;
  ringing(): void;
  /** `audio` is undefined when the answer has none that was offered. */
  answered(audio: NegotiatedAudio | undefined, sessionId: string | null): void;
  /** The far end changed the media in mid-call; the answer is on its way. */
  changed(audio: NegotiatedAudio): void;
  refused(status: number, reason: string): void;
  ended(byUs: boolean): void;
}

/** Our media address, for SDP. */
interface MediaPort {
  readonly address: string;
  readonly port: number;
}

/** Sends the INVITE, with G.711 and keys on offer. */
export function dial(
  endpoint: SipEndpoint,
  options: Pick<CallOptions, 'server' | 'transport' | 'to' | 'from' | 'credentials' | 'headers'>,
  media: MediaPort,
  events: CallerSignallingEvents,
): OutgoingCall {
  const { server, transport, to, from, credentials, headers } = options;
  const local: LocalAudio = {
    address: media.address,
    port: media.port,
    codecs: ['PCMU', 'PCMA'],
    sessionId: randomInt(1, 2 ** 31),
  };
  let sessionVersion = 1;
  const offer = audioOffer(local);
  return endpoint.call({
    target: `sip:${to}@${uriHost(server.host)}:${server.port}`,
    from: `sip:${from}@${uriHost(media.address)}`,
    transport,
    sdp: offer,
    ...(credentials && { credentials }),
    ...(headers && { headers }),
    handlers: {
      trying: () => events.trying(),
      ringing: () => events.ringing(),
      answered(answer, response) {
        const audio = answer && readAudioAnswer(answer, offer);
        events.answered(audio, header(response, SESSION_HEADER) ?? null);
      },
      refused: (status, reason) => events.refused(status, reason),
      ended: ({ by }) => events.ended(by === 'local'),
      offered(changed) {
        sessionVersion += 1;
        const agreed = negotiateAudio(changed, { ...local, sessionVersion });
        if (agreed) events.changed(agreed);
        return agreed?.answer;
      },
    },
  });
}

function uriHost(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}
