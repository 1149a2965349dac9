import { describe, expect, it } from 'vitest';
import { DigestClient } from '../../src/digest/client.ts';
import { responseWith } from '../support/messages.ts';

const invite = { method: 'INVITE', uri: 'sip:c@d' };

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
