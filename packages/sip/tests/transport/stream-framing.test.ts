import { describe, expect, it } from 'vitest';
import { StreamFraming } from '../../src/transport/stream-framing.ts';

function framing() {
  const heard: string[] = [];
  const stream = new StreamFraming({
    message: (bytes) => heard.push(bytes.toString()),
    ping: () => heard.push('ping'),
  });
  return { heard, stream };
}

const first = 'OPTIONS a SIP/2.0\r\nContent-Length: 4\r\n\r\nbody';
const second = 'BYE b SIP/2.0\r\nl:0\r\n\r\n';

describe('stream framing', () => {
  it('finds the same messages however the stream is cut', () => {
    const stream = Buffer.from(`${first}\r\n\r\n${second}${first}`);
    for (let size = 1; size <= stream.length; size++) {
      const cut = framing();
      for (let at = 0; at < stream.length; at += size) cut.stream.push(stream.subarray(at, at + size));
      expect(cut.heard.filter((one) => one !== 'ping')).toEqual([first, second, first]);
      expect(cut.stream.pendingBytes).toBe(0);
    }
  });

  it('hears the double line end of a keepalive, not a single one', () => {
    const { heard, stream } = framing();
    stream.push(Buffer.from('\r\n'));
    stream.push(Buffer.from(`${second}\r\n\r\n`));
    expect(heard).toEqual([second, 'ping']);
  });

  it.each([
    ['no length', 'BYE b SIP/2.0\r\nTo: x\r\n\r\n'],
    ['negative length', 'BYE b SIP/2.0\r\nContent-Length: -1\r\n\r\n'],
    ['two lengths', 'BYE b SIP/2.0\r\nContent-Length: 1\r\nl: 2\r\n\r\n'],
    ['huge body', 'BYE b SIP/2.0\r\nContent-Length: 99999999\r\n\r\n'],
    ['TLS', '\x16\x03\x01'],
    ['endless headers', `BYE b SIP/2.0\r\n${'X: y\r\n'.repeat(10_000)}`],
  ])('breaks on %s', (_, text) => {
    const { heard, stream } = framing();
    expect(() => stream.push(Buffer.from(text))).toThrow(expect.objectContaining({ name: 'FramingError' }));
    expect(heard).toEqual([]);
  });
});
