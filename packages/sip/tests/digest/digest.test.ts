import { describe, expect, it } from 'vitest';
import { parseDigestHeader, writeDigestHeader } from '../../src/digest/challenge.ts';
import { answerChallenge } from '../../src/digest/client.ts';
import { judgeNonce, makeNonce } from '../../src/digest/nonce.ts';
import { digestResponse } from '../../src/digest/response.ts';
import { authenticate, writeChallenge } from '../../src/digest/server.ts';
import type { SipRequest, SipResponse } from '../../src/message/message.ts';
import { parseMessage } from '../../src/message/parser.ts';

const key = Buffer.alloc(32, 3);
const options = {
  realm: 'here',
  nonceKey: key,
  nonceLifetimeMs: 10_000,
  findCredential: async (username: string) => (username === 'bob' ? { password: 'zanzibar', owner: 'o' } : undefined),
};

function response(status: number, ...headers: string[]): SipResponse {
  const message = parseMessage(
    Buffer.from(
      `SIP/2.0 ${status} x\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: x\r\nCSeq: 1 INVITE\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`,
    ),
  );
  if (message.kind !== 'response') throw new Error('not a response');
  return message;
}

function request(...headers: string[]): SipRequest {
  const message = parseMessage(
    Buffer.from(
      `INVITE sip:c@d SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: x\r\nCSeq: 1 INVITE\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`,
    ),
  );
  if (message.kind !== 'request') throw new Error('not a request');
  return message;
}

function answered(challenge: string, password: string, username = 'bob'): SipRequest {
  const answer = answerChallenge(
    response(401, `WWW-Authenticate: ${challenge}`),
    { method: 'INVITE', uri: 'sip:c@d' },
    { username, password },
  );
  return request(`${answer?.name}: ${answer?.value}`);
}

describe('digest response', () => {
  it('agrees with the example of RFC 2617 3.5', () => {
    const input = {
      username: 'Mufasa',
      password: 'Circle Of Life',
      realm: 'testrealm@host.com',
      method: 'GET',
      uri: '/dir/index.html',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
    };
    const quality = { qop: 'auth', nc: '00000001', cnonce: '0a4f113b' } as const;
    expect(digestResponse({ ...input, quality })).toBe('6629fae49393a05397450978507c4ef1');
    expect(digestResponse(input)).toBe('670fd8c2df070c60b045671b8b24ff02');
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
    makeNonce(Buffer.alloc(32, 4), 'here', 1_000_000),
    makeNonce(key, 'there', 1_000_000),
  ])('is not taken from elsewhere: %s', (nonce) => {
    expect(judgeNonce(nonce, { ...at, wallTimeMs: 1_000_000 })).toBe('forged');
  });

  it('is not taken with another time', () => {
    const bytes = Buffer.from(makeNonce(key, 'here', 1_000_000), 'base64url');
    bytes.writeUIntBE(1_005_000, 0, 6);
    expect(judgeNonce(bytes.toString('base64url'), { ...at, wallTimeMs: 1_005_000 })).toBe('forged');
  });
});

describe('authentication', () => {
  const nowMs = 1_700_000_000_000;
  const challenge = writeChallenge(options, nowMs, false);

  it('accepts what the client makes of the challenge', async () => {
    expect(await authenticate(answered(challenge, 'zanzibar'), options, nowMs)).toEqual({
      kind: 'accepted',
      owner: 'o',
      username: 'bob',
    });
  });

  it('accepts the form without qop', async () => {
    const old = challenge.replace(', qop="auth"', '');
    expect(old).not.toBe(challenge);
    expect(await authenticate(answered(old, 'zanzibar'), options, nowMs)).toMatchObject({ kind: 'accepted' });
  });

  it('tells nobody whether user or password was wrong', async () => {
    expect(await authenticate(answered(challenge, 'wrong'), options, nowMs)).toEqual({
      kind: 'wrong',
      username: 'bob',
    });
    expect(await authenticate(answered(challenge, '', 'eve'), options, nowMs)).toEqual({
      kind: 'wrong',
      username: 'eve',
    });
  });

  it('asks again with stale=true when only the nonce is old', async () => {
    const late = nowMs + 10_001;
    expect(await authenticate(answered(challenge, 'zanzibar'), options, late)).toEqual({
      kind: 'challenge',
      stale: true,
    });
    expect(await authenticate(answered(challenge, 'wrong'), options, late)).toMatchObject({ kind: 'wrong' });
    expect(writeChallenge(options, nowMs, true)).toContain('stale=true');
  });

  it.each([
    ['no credentials', 'X-Nothing: 1'],
    ['another scheme', 'Authorization: Basic Zm9vOmJhcg=='],
    ['another realm', 'Authorization: Digest realm="there", username="bob"'],
    ['an algorithm that was not offered', 'Authorization: Digest realm="here", algorithm=SHA-256, username="bob"'],
  ])('challenges %s', async (_, line) => {
    expect(await authenticate(request(line), options, nowMs)).toEqual({ kind: 'challenge', stale: false });
  });

  it.each([
    ['missing response', 'Authorization: Digest realm="here", username="bob", nonce="x", uri="sip:c@d"'],
    [
      'unknown qop',
      'Authorization: Digest realm="here", username="bob", nonce="x", uri="u", response="r", qop=auth-int',
    ],
    [
      'no nc',
      'Authorization: Digest realm="here", username="bob", nonce="x", uri="u", response="r", qop=auth, cnonce="c"',
    ],
    ['an open quote', 'Authorization: Digest realm="here, username=bob'],
  ])('calls %s malformed', async (_, line) => {
    expect(await authenticate(request(line), options, nowMs)).toMatchObject({ kind: 'malformed' });
  });
});

describe('client answer', () => {
  const call = { method: 'INVITE', uri: 'sip:c@d' };
  const user = { username: 'bob', password: 'zanzibar' };

  it('answers a proxy in its own header', () => {
    const answer = answerChallenge(
      response(407, 'Proxy-Authenticate: Digest realm="p", nonce="n", opaque="o"'),
      call,
      user,
    );
    expect(answer).toMatchObject({ name: 'Proxy-Authorization', stale: false });
    expect(answer?.value).toContain('opaque="o"');
    expect(answer?.value).not.toContain('qop');
  });

  it('takes MD5 out of several challenges', () => {
    const headers = ['SHA-256', 'MD5'].map(
      (algorithm) =>
        `WWW-Authenticate: Digest realm="r", nonce="${algorithm}", algorithm=${algorithm}, qop="auth,auth-int"`,
    );
    expect(answerChallenge(response(401, ...headers), call, user)?.value).toContain('nonce="MD5"');
  });

  it('gives up on what it does not speak', () => {
    expect(
      answerChallenge(response(401, 'WWW-Authenticate: Digest realm="r", nonce="n", algorithm=SHA-256'), call, user),
    ).toBeUndefined();
    expect(
      answerChallenge(response(401, 'WWW-Authenticate: Digest realm="r", nonce="n", qop="auth-int"'), call, user),
    ).toBeUndefined();
    expect(answerChallenge(response(401), call, user)).toBeUndefined();
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
