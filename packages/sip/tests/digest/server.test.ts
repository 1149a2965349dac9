import { describe, expect, it } from 'vitest';
import { type DigestAlgorithm, digestAlgorithms } from '../../src/digest/algorithm.ts';
import { DigestClient } from '../../src/digest/client.ts';
import { DigestServer } from '../../src/digest/server.ts';
import type { SipRequest } from '../../src/message/message.ts';
import { inviteWith, responseWith } from '../support/messages.ts';

const keyBytes = Buffer.alloc(32, 3);
const nowMs = 1_700_000_000_000;
const source = { transport: 'udp', remoteAddress: '192.0.2.1', remotePort: 5060 } as const;
const invite = { method: 'INVITE', uri: 'sip:c@d' };

function serverFor(algorithms?: readonly DigestAlgorithm[]): DigestServer {
  return new DigestServer({
    realm: 'here',
    nonceKey: keyBytes,
    nonceLifetimeMs: 10_000,
    findCredential: async (username) =>
      username === 'bob' ? { password: 'zanzibar', owner: 'o', ...(algorithms ? { algorithms } : {}) } : undefined,
  });
}

/** The INVITE of a client that met these challenges. */
function answered(challenges: readonly string[], password: string, username = 'bob'): SipRequest {
  const client = new DigestClient({ username, password });
  client.challenged(responseWith(401, ...challenges.map((value) => `WWW-Authenticate: ${value}`)));
  return inviteWith(...client.authorize(invite).map(({ name, value }) => `${name}: ${value}`));
}

describe('authentication', () => {
  const challengesOf = (server: DigestServer) => server.challenges(inviteWith(), source, nowMs);

  it.each(digestAlgorithms.map((algorithm) => [algorithm] as const))(
    'accepts what the client makes of a challenge, %s',
    async (algorithm) => {
      const server = serverFor([algorithm]);
      const challenges = server.challenges(inviteWith(), source, nowMs, { stale: false, algorithms: [algorithm] });
      expect(challenges).toHaveLength(1);
      const request = answered(challenges, 'zanzibar');
      expect(request.headers.get('Authorization')).toContain(`algorithm=${algorithm},`);
      expect(await server.authenticate(request, nowMs)).toEqual({ kind: 'accepted', owner: 'o', username: 'bob' });
    },
  );

  it('offers MD5 alone unless told otherwise', () => {
    expect(challengesOf(serverFor())).toEqual([expect.stringContaining('algorithm=MD5')]);
  });

  it('offers what the sender seems to speak, strongest first (RFC 8760 2.4)', () => {
    const asked: string[] = [];
    const server = new DigestServer({
      realm: 'here',
      nonceKey: keyBytes,
      findCredential: async () => undefined,
      algorithmsFor: (request, flow) => {
        asked.push(`${request.uri.text} from ${flow.remoteAddress}`);
        return ['MD5', 'SHA-256', 'SHA-512-256'];
      },
    });
    const challenges = challengesOf(server).map((value) => /algorithm=([\w-]+)/.exec(value)?.[1]);
    expect(challenges).toEqual(['SHA-512-256', 'SHA-256', 'MD5']);
    expect(asked).toEqual(['sip:c@d from 192.0.2.1']);
  });

  it('asks again with the algorithms of the user when the answer used another', async () => {
    const server = serverFor(['SHA-256']);
    const verdict = await server.authenticate(answered(challengesOf(server), 'zanzibar'), nowMs);
    expect(verdict).toEqual({ kind: 'challenge', stale: false, algorithms: ['SHA-256'] });
    const [challenge = ''] = server.challenges(inviteWith(), source, nowMs, { stale: false, algorithms: ['SHA-256'] });
    expect(challenge).toContain('algorithm=SHA-256');
    expect(await server.authenticate(answered([challenge], 'zanzibar'), nowMs)).toMatchObject({ kind: 'accepted' });
  });

  it('says nothing about the algorithms of a user to who does not know the password', async () => {
    const server = serverFor(['SHA-256']);
    expect(await server.authenticate(answered(challengesOf(server), 'wrong'), nowMs)).toMatchObject({ kind: 'wrong' });
  });

  it('judges the strongest of several answers', async () => {
    const server = serverFor(['SHA-256', 'MD5']);
    const weak = answered(challengesOf(server), 'wrong').headers.get('Authorization');
    const strong = answered(
      server.challenges(inviteWith(), source, nowMs, { stale: false, algorithms: ['SHA-256'] }),
      'zanzibar',
    ).headers.get('Authorization');
    const request = inviteWith(`Authorization: ${weak}`, `Authorization: ${strong}`);
    expect(await server.authenticate(request, nowMs)).toMatchObject({ kind: 'accepted' });
  });

  it('takes the same answer once: a recorded request is asked again (RFC 7616 5.10)', async () => {
    const server = serverFor();
    const request = answered(challengesOf(server), 'zanzibar');
    expect(await server.authenticate(request, nowMs)).toMatchObject({ kind: 'accepted' });
    expect(await server.authenticate(request, nowMs + 1)).toMatchObject({ kind: 'challenge', stale: true });
  });

  it('takes a growing count on the same nonce', async () => {
    const server = serverFor();
    const client = new DigestClient({ username: 'bob', password: 'zanzibar' });
    client.challenged(responseWith(401, `WWW-Authenticate: ${challengesOf(server)[0]}`));
    for (const nc of ['00000001', '00000002', '00000003']) {
      const [header] = client.authorize(invite);
      expect(header?.value).toContain(`nc=${nc}`);
      const request = inviteWith(`${header?.name}: ${header?.value}`);
      expect(await server.authenticate(request, nowMs)).toMatchObject({ kind: 'accepted' });
    }
  });

  it('accepts the form without qop, once', async () => {
    const server = serverFor();
    const old = challengesOf(server).map((value) => value.replace(', qop="auth"', ''));
    const request = answered(old, 'zanzibar');
    expect(request.headers.get('Authorization')).not.toContain('qop');
    expect(await server.authenticate(request, nowMs)).toMatchObject({ kind: 'accepted' });
    expect(await server.authenticate(request, nowMs)).toMatchObject({ kind: 'challenge', stale: true });
  });

  it('is shared by processes with one key', async () => {
    const request = answered(challengesOf(serverFor()), 'zanzibar');
    expect(await serverFor().authenticate(request, nowMs)).toMatchObject({ kind: 'accepted' });
  });

  it('tells nobody whether user or password was wrong', async () => {
    const server = serverFor();
    const challenges = challengesOf(server);
    expect(await server.authenticate(answered(challenges, 'wrong'), nowMs)).toEqual({ kind: 'wrong', username: 'bob' });
    expect(await server.authenticate(answered(challenges, '', 'eve'), nowMs)).toEqual({
      kind: 'wrong',
      username: 'eve',
    });
  });

  it('asks again with stale=true when only the nonce is old', async () => {
    const server = serverFor();
    const challenges = challengesOf(server);
    const late = nowMs + 10_001;
    const verdict = await server.authenticate(answered(challenges, 'zanzibar'), late);
    expect(verdict).toEqual({ kind: 'challenge', stale: true, algorithms: ['MD5'] });
    expect(await server.authenticate(answered(challenges, 'wrong'), late)).toMatchObject({ kind: 'wrong' });
    expect(server.challenges(inviteWith(), source, nowMs, { stale: true })[0]).toContain('stale=true');
  });

  it.each([
    ['no credentials', 'X-Nothing: 1'],
    ['another scheme', 'Authorization: Basic Zm9vOmJhcg=='],
    ['another realm', 'Authorization: Digest realm="there", username="bob"'],
    ['an algorithm that is not spoken', 'Authorization: Digest realm="here", algorithm=MD5-sess, username="bob"'],
  ])('challenges %s', async (_, line) => {
    expect(await serverFor().authenticate(inviteWith(line), nowMs)).toEqual({ kind: 'challenge', stale: false });
  });

  it.each([
    ['missing response', 'Authorization: Digest realm="here", username="bob", nonce="x", uri="sip:c@d"'],
    [
      'qop auth-int',
      'Authorization: Digest realm="here", username="bob", nonce="x", uri="u", response="r", qop=auth-int',
    ],
    ['unknown qop', 'Authorization: Digest realm="here", username="bob", nonce="x", uri="u", response="r", qop=best'],
    [
      'no nc',
      'Authorization: Digest realm="here", username="bob", nonce="x", uri="u", response="r", qop=auth, cnonce="c"',
    ],
    ['an open quote', 'Authorization: Digest realm="here, username=bob'],
  ])('calls %s malformed', async (_, line) => {
    expect(await serverFor().authenticate(inviteWith(line), nowMs)).toMatchObject({ kind: 'malformed' });
  });
});
