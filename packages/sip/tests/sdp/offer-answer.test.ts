import { describe, expect, it } from 'vitest';
import { audioOffer, negotiateAudio, parseSdp, readAudioAnswer, SdpParseError } from '../../src/index.ts';

const local = { address: '192.0.2.10', port: 20_000, codecs: ['PCMU', 'PCMA'], sessionId: 42 } as const;

function offerWith(media: string, session = 'c=IN IP4 198.51.100.1\r\n'): string {
  return `v=0\r\no=- 1 1 IN IP4 198.51.100.1\r\ns=-\r\n${session}t=0 0\r\n${media}`;
}

const plain = offerWith('m=audio 4000 RTP/AVP 8 0 96\r\na=rtpmap:96 telephone-event/8000\r\n');

/** Checks what RFC 3264 and 8866 demand of any answer, from its text alone. */
function expectValidAnswer(answer: string, offer: string): void {
  expect(answer.endsWith('\r\n')).toBe(true);
  const types = answer
    .trimEnd()
    .split('\r\n')
    .map((line) => line[0])
    .join('');
  expect(types).toMatch(/^vosc?t+a*(mc?a*)+$/);
  const mediaLines = (text: string) => text.split('\r\n').filter((line) => line.startsWith('m='));
  const timing = (text: string) => text.split('\r\n').filter((line) => line.startsWith('t='));
  expect(timing(answer)).toEqual(timing(offer));
  expect(mediaLines(answer)).toHaveLength(mediaLines(offer).length);
  for (const [index, line] of mediaLines(answer).entries()) {
    const [kind, port, protocol, ...formats] = line.slice(2).split(' ');
    const [offeredKind, , offeredProtocol, ...offeredFormats] = (mediaLines(offer)[index] ?? '').slice(2).split(' ');
    expect([kind, protocol]).toEqual([offeredKind, offeredProtocol]);
    for (const format of formats) expect(offeredFormats).toContain(format);
    if (port === '0') continue;
    // Everything the line names is described, and nothing else is.
    const described = [...answer.matchAll(/a=rtpmap:(\d+) /g)].map(([, type]) => type);
    expect(described).toEqual(formats);
    for (const [, type] of answer.matchAll(/a=fmtp:(\d+) /g)) expect(formats).toContain(type);
    expect([...answer.matchAll(/a=(?:sendrecv|sendonly|recvonly|inactive)\r\n/g)]).toHaveLength(1);
  }
}

describe('answer', () => {
  it('takes the first codec of the offer that is allowed, and telephone-event under its number', () => {
    const negotiated = negotiateAudio(parseSdp(plain), local);
    expect(negotiated).toMatchObject({
      codec: 'PCMA',
      payloadType: 8,
      telephoneEventPayloadType: 96,
      remote: { address: '198.51.100.1', port: 4000 },
      direction: 'sendrecv',
    });
    expectValidAnswer(negotiated?.answer ?? '', plain);
    expect(negotiated?.answer).toContain('m=audio 20000 RTP/AVP 8 96\r\n');
    expect(negotiated?.answer).toContain('a=fmtp:96 0-15\r\n');
    expect(negotiated?.answer).toContain('a=ptime:20\r\n');
  });

  it('keeps to the codecs that are allowed', () => {
    expect(negotiateAudio(parseSdp(plain), { ...local, codecs: ['PCMU'] })).toMatchObject({
      codec: 'PCMU',
      payloadType: 0,
    });
  });

  it('agrees with itself when the offer puts G.722 first (m-line, rtpmap and codec)', () => {
    const offer = offerWith('m=audio 4000 RTP/AVP 9 0\r\na=rtpmap:9 G722/8000\r\na=rtpmap:0 PCMU/8000\r\n');
    const negotiated = negotiateAudio(parseSdp(offer), local);
    expect(negotiated).toMatchObject({ codec: 'PCMU', payloadType: 0, telephoneEventPayloadType: undefined });
    expectValidAnswer(negotiated?.answer ?? '', offer);
  });

  it('takes a codec under a dynamic number', () => {
    const offer = offerWith('m=audio 4000 RTP/AVP 110\r\na=rtpmap:110 pcmu/8000/1\r\n');
    const negotiated = negotiateAudio(parseSdp(offer), local);
    expect(negotiated).toMatchObject({ codec: 'PCMU', payloadType: 110 });
    expectValidAnswer(negotiated?.answer ?? '', offer);
  });

  it('takes telephone-event only at 8000 Hz', () => {
    const offer = offerWith(
      'm=audio 4000 RTP/AVP 0 97 98\r\na=rtpmap:97 telephone-event/48000\r\na=rtpmap:98 telephone-event/8000\r\n',
    );
    expect(negotiateAudio(parseSdp(offer), local)?.telephoneEventPayloadType).toBe(98);
  });

  it('refuses every other medium with port 0', () => {
    const offer = offerWith(
      'm=video 5000 RTP/AVP 31\r\nm=audio 4000 RTP/AVP 0\r\nm=audio 4002 RTP/AVP 0\r\nm=image 6000 udptl t38\r\n',
    );
    const negotiated = negotiateAudio(parseSdp(offer), local);
    expectValidAnswer(negotiated?.answer ?? '', offer);
    expect(negotiated?.answer.match(/^m=.*$/gm)).toEqual([
      'm=video 0 RTP/AVP 31',
      'm=audio 20000 RTP/AVP 0',
      'm=audio 0 RTP/AVP 0',
      'm=image 0 udptl t38',
    ]);
  });

  it('uses the address of the medium before that of the session, and IPv6', () => {
    const offer = offerWith('m=audio 4000 RTP/AVP 0\r\nc=IN IP6 2001:db8::5\r\n');
    const negotiated = negotiateAudio(parseSdp(offer), { ...local, address: '2001:db8::1' });
    expect(negotiated?.remote.address).toBe('2001:db8::5');
    expect(negotiated?.answer).toContain('c=IN IP6 2001:db8::1\r\n');
  });

  it('repeats the timing of the offer', () => {
    const offer = plain.replace('t=0 0', 't=3034423619 3042462419');
    expectValidAnswer(negotiateAudio(parseSdp(offer), local)?.answer ?? '', offer);
  });

  it.each([
    ['sendrecv', '', 'sendrecv'],
    ['sendonly', 'a=sendonly\r\n', 'recvonly'],
    ['recvonly', 'a=recvonly\r\n', 'sendonly'],
    ['inactive', 'a=inactive\r\n', 'inactive'],
  ])('mirrors %s, stated by medium or session', (_, line, direction) => {
    const inMedium = offerWith(`m=audio 4000 RTP/AVP 0\r\n${line}`);
    const inSession = offerWith('m=audio 4000 RTP/AVP 0\r\n').replace('t=0 0\r\n', `t=0 0\r\n${line}`);
    for (const offer of [inMedium, inSession]) {
      const negotiated = negotiateAudio(parseSdp(offer), local);
      expect(negotiated?.direction).toBe(direction);
      expect(negotiated?.answer).toContain(`a=${direction}\r\n`);
      expectValidAnswer(negotiated?.answer ?? '', offer);
    }
  });

  it('prefers the direction of the medium to that of the session', () => {
    const offer = offerWith('m=audio 4000 RTP/AVP 0\r\na=inactive\r\n').replace('t=0 0\r\n', 't=0 0\r\na=sendrecv\r\n');
    expect(negotiateAudio(parseSdp(offer), local)?.direction).toBe('inactive');
  });

  it('reads the unspecified address as hold in the old style', () => {
    const offer = offerWith('m=audio 4000 RTP/AVP 0\r\n', 'c=IN IP4 0.0.0.0\r\n');
    expect(negotiateAudio(parseSdp(offer), local)?.direction).toBe('recvonly');
  });

  it.each([
    ['no audio', 'm=video 4000 RTP/AVP 31\r\n'],
    ['port 0', 'm=audio 0 RTP/AVP 0\r\n'],
    ['only encrypted audio', 'm=audio 4000 RTP/SAVP 0\r\n'],
    ['no codec of ours', 'm=audio 4000 RTP/AVP 18 9\r\n'],
    ['a remapped static number', 'm=audio 4000 RTP/AVP 0\r\na=rtpmap:0 L16/44100\r\n'],
    ['stereo', 'm=audio 4000 RTP/AVP 100\r\na=rtpmap:100 PCMU/8000/2\r\n'],
    ['nothing', ''],
  ])('is impossible with %s', (_, media) => {
    expect(negotiateAudio(parseSdp(offerWith(media)), local)).toBeUndefined();
  });
});

describe('our offer', () => {
  const offer = audioOffer(local);

  it('is answered by ourselves', () => {
    const negotiated = negotiateAudio(parseSdp(offer), { ...local, port: 30_000, codecs: ['PCMA'] });
    expectValidAnswer(negotiated?.answer ?? '', offer);
    expect(readAudioAnswer(negotiated?.answer ?? '', offer)).toEqual({
      rtcpMux: false,
      remoteRtcp: { address: '192.0.2.10', port: 30_001 },
      packetTimeMs: 20,
      codec: 'PCMA',
      payloadType: 8,
      telephoneEventPayloadType: 101,
      remote: { address: '192.0.2.10', port: 30_000 },
      direction: 'sendrecv',
    });
  });

  it('sees our side of a one-way answer', () => {
    const answer = offerWith('m=audio 4000 RTP/AVP 0\r\na=recvonly\r\n');
    expect(readAudioAnswer(answer, offer)).toMatchObject({
      direction: 'sendonly',
      telephoneEventPayloadType: undefined,
    });
  });

  it('is refused by port 0 or a codec that was not offered', () => {
    expect(readAudioAnswer(offerWith('m=audio 0 RTP/AVP 0\r\n'), offer)).toBeUndefined();
    expect(
      readAudioAnswer(offerWith('m=audio 4000 RTP/AVP 8\r\n'), audioOffer({ ...local, codecs: ['PCMU'] })),
    ).toBeUndefined();
  });
});

describe('parser', () => {
  it.each([
    '',
    'hello',
    'v=1\r\n',
    'v=0\r\ns=-\r\n',
    'v=0\r\no=- 1 1 IN IP4\r\n',
    `${plain}m=audio x RTP/AVP 0\r\n`,
    `${plain}m=audio 70000 RTP/AVP 0\r\n`,
    `${plain}junk\r\n`,
  ])('refuses %j', (text) => {
    expect(() => parseSdp(text)).toThrow(SdpParseError);
  });

  it('reads bare line feeds, multicast and unknown lines', () => {
    const text = 'v=0\no=- 1 1 IN IP4 h\ns=\nx=what\nc=IN IP4 224.2.1.1/127\nt=0 0\nm=audio 49170/2 RTP/AVP 0\na=x\n';
    expect(parseSdp(text)).toMatchObject({
      connection: { address: '224.2.1.1' },
      media: [{ port: 49_170, attributes: [{ name: 'x', value: undefined }] }],
    });
  });

  it('demands an address for audio', () => {
    const description = parseSdp(offerWith('m=audio 4000 RTP/AVP 0\r\n', ''));
    expect(() => negotiateAudio(description, local)).toThrow(SdpParseError);
  });
});
