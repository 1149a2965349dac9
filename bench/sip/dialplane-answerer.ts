/** Answers every authenticated call with packages/sip: 180, then 200 with an answer to the offer. */
import { createSipEndpoint, negotiateAudio } from '@dialplane/sip';
import { serveUse } from './answerer-process.ts';
import { credentials } from './credentials.ts';

const { username, password, realm } = credentials;
const known = Promise.resolve({ password, owner: 'bench' });
const unknown = Promise.resolve(undefined);

const local = { address: '127.0.0.1', port: 20_000, codecs: ['PCMU'], sessionId: '1' } as const;

const endpoint = await createSipEndpoint({
  host: '127.0.0.1',
  port: 0,
  userAgent: 'Dialplane bench',
  authentication: {
    realm,
    nonceKey: new Uint8Array(32).fill(7),
    findCredential: (name) => (name === username ? known : unknown),
  },
  onInvite: (call) => {
    const audio = call.offer && negotiateAudio(call.offer, local);
    if (!audio) {
      call.refuse(488);
      return;
    }
    call.ring();
    call.answer(audio.answer);
  },
});
serveUse(endpoint.port);
