import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type DigestAlgorithm, digestAlgorithms } from '../../src/digest/algorithm.ts';
import { parseDigestHeader, writeDigestHeader } from '../../src/digest/challenge.ts';
import { DigestClient } from '../../src/digest/client.ts';
import { judgeNonce, makeNonce } from '../../src/digest/nonce.ts';
import { NonceUses } from '../../src/digest/nonce-uses.ts';
import { digestResponse } from '../../src/digest/response.ts';
import { DigestServer } from '../../src/digest/server.ts';
import type { SipRequest } from '../../src/message/message.ts';
import { inviteWith, responseWith } from '../support/messages.ts';

const keyBytes = Buffer.alloc(32, 3);
const key = createSecretKey(keyBytes);
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

describe('digest response', () => {
  it('agrees with the example of RFC 2617 3.5', () => {
    const input = {
      algorithm: 'MD5',
      username: 'Mufasa',
      password: 'Circle Of Life',
      realm: 'testrealm@host.com',
      method: 'GET',
      uri: '/dir/index.html',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
    } as const;
    const quality = { qop: 'auth', nc: '00000001', cnonce: '0a4f113b' } as const;
    expect(digestResponse({ ...input, quality })).toBe('6629fae49393a05397450978507c4ef1');
    expect(digestResponse(input)).toBe('670fd8c2df070c60b045671b8b24ff02');
  });

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const)('agrees with the example of RFC 7616 3.9.1, %s', (algorithm, expected) => {
    const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
    const input = {
      algorithm,
      username: 'Mufasa',
      password: 'Circle of Life',
      realm: 'http-auth@example.org',
      method: 'GET',
      uri: '/dir/index.html',
      nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
      quality: { qop: 'auth', nc: '00000001', cnonce },
    } as const;
    expect(digestResponse(input)).toBe(expected);
  });

  it('agrees with the example of RFC 7616 3.9.2, as erratum 4897 corrects it', () => {
    const cnonce = 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v';
    const input = {
      algorithm: 'SHA-512-256',
      username: 'J\u00e4s\u00f8n Doe',
      password: 'Secret, or not?',
      realm: 'api@example.org',
      method: 'GET',
      uri: '/doe.json',
      nonce: '5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK',
      quality: { qop: 'auth', nc: '00000001', cnonce },
    } as const;
    expect(digestResponse(input)).toBe('3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5');
  });

  // Computed with `printf %s ... | openssl dgst -md5 -r`, -sha256 and -sha512-256, hash by hash.
  it.each([
    ['MD5', '2d91b20ab440f2ed70b7949266a91f88'],
    ['SHA-256', 'b8373943c1df0d7972d2fcf6983d9c211ac921ee20b802a3e9f2ead91a1bcd16'],
    ['SHA-512-256', '3da4a365dde6b10d5137e9630f8cddaa0987c14524d25dc97be9144356e9dd8d'],
  ] as const)('agrees with openssl, %s (RFC 8760 2.3)', (algorithm, expected) => {
    const input = {
      algorithm,
      username: 'bob',
      password: 'zanzib\u00e4r',
      realm: 'biloxi.com',
      method: 'REGISTER',
      uri: 'sip:biloxi.com',
      nonce: 'nonce',
      quality: { qop: 'auth', nc: '0000000a', cnonce: 'cnonce' },
    } as const;
    expect(digestResponse(input)).toBe(expected);
  });
});

describe('nonce', () => {
  const at = { key, realm: 'here', lifetimeMs: 10_000 };

  it('is good for its lifetime', () => {
    const nonce = makeNonce(key, 'here', 1_000_000);
    expect(judgeNonce(nonce, { ...at, wallTimeMs: 1_010_000 })).toBe('valid');
    expect(judgeNonce(nonce, { ...at, wallTimeMs: 1_010_001 })).toBe('expired');
  });

  it.each([
    '',
    'x',
    'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    makeNonce(createSecretKey(Buffer.alloc(32, 4)), 'here', 1_000_000),
    makeNonce(key, 'there', 1_000_000),
  ])('is not taken from elsewhere: %s', (nonce) => {
    expect(judgeNonce(nonce, { ...at, wallTimeMs: 1_000_000 })).toBe('forged');
  });

  it('is another one for each of two clients that are challenged in one millisecond', () => {
    expect(makeNonce(key, 'here', 1_000_000)).not.toBe(makeNonce(key, 'here', 1_000_000));
  });

  it('is not taken with another time', () => {
    const bytes = Buffer.from(makeNonce(key, 'here', 1_000_000), 'base64url');
    bytes.writeUIntBE(1_005_000, 0, 6);
    expect(judgeNonce(bytes.toString('base64url'), { ...at, wallTimeMs: 1_005_000 })).toBe('forged');
  });
});

describe('uses of a nonce', () => {
  it('are told apart by their count', () => {
    const uses = new NonceUses(10_000);
    expect(uses.isFirst('n', '00000001', nowMs)).toBe(true);
    expect(uses.isFirst('n', '00000002', nowMs)).toBe(true);
    expect(uses.isFirst('m', '00000001', nowMs)).toBe(true);
    expect(uses.isFirst('n', '00000001', nowMs)).toBe(false);
  });

  it('are remembered while the nonce can be valid, also one from a clock ahead', () => {
    const uses = new NonceUses(10_000);
    for (let atMs = 0; atMs <= 20_000; atMs += 2_500) {
      uses.isFirst('n', '00000001', nowMs);
      expect(uses.isFirst('n', '00000001', nowMs + atMs)).toBe(false);
    }
  });

  it('take memory for two generations only', () => {
    const uses = new NonceUses(10);
    for (let count = 0; count < 10_000; count++) uses.isFirst('n', String(count), nowMs + count);
    expect(uses.size).toBeLessThanOrEqual(40);
    const flooded = new NonceUses(60_000);
    for (let count = 0; count < 300_000; count++) flooded.isFirst('n', String(count), nowMs);
    expect(flooded.size).toBeLessThanOrEqual(240_000);
  });
});

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

describe('digest client', () => {
  const clientFor = () => new DigestClient({ username: 'bob', password: 'zanzibar' });

  it('answers a proxy in its own header', () => {
    const client = clientFor();
    expect(client.challenged(responseWith(407, 'Proxy-Authenticate: Digest realm="p", nonce="n", opaque="o"'))).toBe(
      true,
    );
    const [answer] = client.authorize(invite);
    expect(answer?.name).toBe('Proxy-Authorization');
    expect(answer?.value).toContain('opaque="o"');
    expect(answer?.value).not.toContain('qop');
  });

  it('answers a proxy and the server behind it side by side', () => {
    const client = clientFor();
    client.challenged(responseWith(407, 'Proxy-Authenticate: Digest realm="p", nonce="1", qop="auth"'));
    client.authorize(invite);
    expect(client.challenged(responseWith(401, 'WWW-Authenticate: Digest realm="s", nonce="2", qop="auth"'))).toBe(
      true,
    );
    const answers = client.authorize(invite).map(({ name, value }) => `${name} ${/nc=\w+/.exec(value)?.[0]}`);
    expect(answers).toEqual(['Proxy-Authorization nc=00000002', 'Authorization nc=00000001']);
  });

  it('answers both kinds when one response holds both (RFC 3261 22.3)', () => {
    const client = clientFor();
    const both = ['WWW-Authenticate: Digest realm="s", nonce="2"', 'Proxy-Authenticate: Digest realm="p", nonce="1"'];
    expect(client.challenged(responseWith(401, ...both))).toBe(true);
    expect(client.authorize(invite).map(({ name }) => name)).toEqual(['Authorization', 'Proxy-Authorization']);
  });

  it('takes the strongest of several challenges', () => {
    const client = clientFor();
    const headers = ['MD5', 'SHA-256', 'SHA-512-256', 'SHA-1024'].map(
      (algorithm) =>
        `WWW-Authenticate: Digest realm="r", nonce="${algorithm}", algorithm=${algorithm}, qop="auth,auth-int"`,
    );
    client.challenged(responseWith(401, ...headers));
    expect(client.authorize(invite).map(({ value }) => /nonce="([^"]+)"/.exec(value)?.[1])).toEqual(['SHA-512-256']);
  });

  it('gives up on what it does not speak', () => {
    for (const headers of [
      ['WWW-Authenticate: Digest realm="r", nonce="n", algorithm=SHA-1'],
      ['WWW-Authenticate: Digest realm="r", nonce="n", qop="auth-int"'],
      ['WWW-Authenticate: Basic realm="r"'],
      ['WWW-Authenticate: Digest realm="'],
      [],
    ]) {
      expect(clientFor().challenged(responseWith(401, ...headers))).toBe(false);
    }
  });

  it('gives up when a fresh answer is refused, but not when its nonce was old', () => {
    const client = clientFor();
    const again = (nonce: string, more = '') =>
      client.challenged(responseWith(401, `WWW-Authenticate: Digest realm="r", nonce="${nonce}", qop="auth"${more}`));
    expect(again('1')).toBe(true);
    client.authorize(invite);
    expect(again('2', ', stale=TRUE')).toBe(true);
    client.authorize(invite);
    expect(again('3')).toBe(false);
  });

  it('answers once more with another algorithm when the first is not wanted for this user', () => {
    const client = clientFor();
    const offer = (algorithm: string) =>
      client.challenged(responseWith(401, `WWW-Authenticate: Digest realm="r", nonce="1", algorithm=${algorithm}`));
    expect(offer('SHA-256')).toBe(true);
    client.authorize(invite);
    expect(offer('MD5')).toBe(true);
    expect(client.authorize(invite)[0]?.value).toContain('algorithm=MD5');
    expect(offer('MD5')).toBe(false);
  });

  it('tries a new nonce when the server has forgotten one it had accepted', () => {
    const client = clientFor();
    client.challenged(responseWith(401, 'WWW-Authenticate: Digest realm="r", nonce="1", qop="auth"'));
    client.authorize(invite);
    client.authorize({ method: 'BYE', uri: 'sip:c@d' });
    expect(client.challenged(responseWith(401, 'WWW-Authenticate: Digest realm="r", nonce="2", qop="auth"'))).toBe(
      true,
    );
    expect(client.authorize(invite)[0]?.value).toContain('nonce="2"');
  });

  it('goes on with the next nonce of a success (RFC 7616 3.5)', () => {
    const client = clientFor();
    client.challenged(responseWith(401, 'WWW-Authenticate: Digest realm="r", nonce="1", qop="auth"'));
    client.authorize(invite);
    client.accepted(responseWith(200, 'Authentication-Info: nextnonce="2", qop=auth'));
    expect(client.authorize(invite)[0]?.value).toMatch(/nonce="2".*nc=00000001/);
  });

  it('outlives its process', () => {
    const client = clientFor();
    client.challenged(responseWith(401, 'WWW-Authenticate: Digest realm="r", nonce="1", opaque="o", qop="auth"'));
    client.authorize(invite);
    const snapshot = JSON.parse(JSON.stringify(client.snapshot()));
    const restored = new DigestClient({ username: 'bob', password: 'zanzibar' }, snapshot);
    expect(restored.authorize(invite)[0]?.value).toMatch(/nonce="1".*opaque="o".*nc=00000002/);
  });

  it('repeats the credentials of the last INVITE for its ACK', () => {
    const client = clientFor();
    client.challenged(responseWith(401, 'WWW-Authenticate: Digest realm="r", nonce="1", qop="auth"'));
    const sent = client.authorize(invite);
    client.authorize({ method: 'BYE', uri: 'sip:c@d' });
    expect(client.ofLastInvite).toEqual(sent);
  });
});

describe('digest header', () => {
  it('reads what phones write', () => {
    expect(parseDigestHeader('DIGEST username="a\\"b" , uri=sip:x@y;transport=udp, nc=00000001')).toEqual(
      new Map([
        ['username', 'a"b'],
        ['uri', 'sip:x@y;transport=udp'],
        ['nc', '00000001'],
      ]),
    );
  });

  it('quotes what has to be quoted', () => {
    const parameters = new Map([
      ['realm', 'a "b"'],
      ['qop', 'auth'],
      ['nc', '00000001'],
    ]);
    expect(writeDigestHeader(parameters, { quoteQop: false })).toBe('Digest realm="a \\"b\\"", qop=auth, nc=00000001');
    expect(writeDigestHeader(parameters, { quoteQop: true })).toContain('qop="auth"');
  });
});
