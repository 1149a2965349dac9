import { onTestFinished } from 'vitest';
import {
  audioOffer,
  createSipEndpoint,
  type IncomingCall,
  negotiateAudio,
  type SipEndpoint,
  type SipEndpointOptions,
} from '../../src/index.ts';

const nonceKey = Buffer.alloc(32, 7);

export const authentication = {
  realm: 'dialplane',
  nonceKey,
  findCredential: async (username: string) =>
    username === 'trunk' ? { password: 'secret', owner: 'organisation-1' } : undefined,
};

export const credentials = { username: 'trunk', password: 'secret' };

/** An endpoint on a port of the system's choice that is closed with the test. */
export async function openEndpoint(options: Partial<SipEndpointOptions> = {}): Promise<SipEndpoint> {
  const endpoint = await createSipEndpoint({ host: '127.0.0.1', port: 0, userAgent: 'test', ...options });
  onTestFinished(() => endpoint.close());
  return endpoint;
}

export const offer = audioOffer({ address: '127.0.0.1', port: 40_000, codecs: ['PCMU', 'PCMA'], sessionId: 1 });

/** Our answer to the offer of a call. */
export function answerFor(call: IncomingCall): string {
  const local = { address: '127.0.0.1', port: 41_000, codecs: ['PCMU', 'PCMA'], sessionId: 2 } as const;
  const negotiated = call.offer && negotiateAudio(call.offer, local);
  if (!negotiated) throw new Error('no offer that can be answered');
  return negotiated.answer;
}
