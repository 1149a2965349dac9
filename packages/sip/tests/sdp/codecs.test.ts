import { describe, expect, it } from 'vitest';
import {
  audioOffer,
  type CryptoAttribute,
  type LocalAudio,
  negotiateAudio,
  parseSdp,
  readAudioAnswer,
} from '../../src/index.ts';

type EveryCodec = 'opus' | 'G722' | 'PCMU' | 'PCMA';

const local: LocalAudio<EveryCodec> = {
  address: '192.0.2.10',
  port: 20_000,
  codecs: ['opus', 'G722', 'PCMU', 'PCMA'],
  sessionId: 42,
};

function offerWith(...lines: string[]): string {
  return `v=0\r\no=- 1 1 IN IP4 198.51.100.1\r\ns=-\r\nc=IN IP4 198.51.100.1\r\nt=0 0\r\n${lines.join('\r\n')}\r\n`;
}

describe('codecs (RFC 8866 6.6, RFC 3551)', () => {
  it('takes opus with its parameters, and digits on its clock', () => {
    const offer = offerWith(
      'm=audio 4000 RTP/AVP 111 100 101',
      'a=rtpmap:111 opus/48000/2',
      'a=fmtp:111 minptime=10;useinbandfec=1',
      'a=rtpmap:100 telephone-event/8000',
      'a=rtpmap:101 telephone-event/48000',
    );
    const negotiated = negotiateAudio(parseSdp(offer), local);
    expect(negotiated).toMatchObject({
      codec: 'opus',
      payloadType: 111,
      fmtp: 'minptime=10;useinbandfec=1',
      telephoneEventPayloadType: 101,
    });
    expect(negotiated?.answer).toContain('m=audio 20000 RTP/AVP 111 101\r\n');
    expect(negotiated?.answer).toContain('a=rtpmap:111 opus/48000/2\r\na=fmtp:111 useinbandfec=1\r\n');
    expect(negotiated?.answer).toContain('a=rtpmap:101 telephone-event/48000\r\n');
  });

  it('takes G.722 by its static number alone, on the clock of 8000 Hz the RFC gives it', () => {
    const negotiated = negotiateAudio(parseSdp(offerWith('m=audio 4000 RTP/AVP 9 0')), local);
    expect(negotiated).toMatchObject({ codec: 'G722', payloadType: 9, fmtp: undefined });
    expect(negotiated?.answer).toContain('a=rtpmap:9 G722/8000\r\n');
  });

  it('takes comfort noise when it is wanted, and only then', () => {
    const offer = parseSdp(offerWith('m=audio 4000 RTP/AVP 0 13'));
    expect(negotiateAudio(offer, local)?.comfortNoisePayloadType).toBeUndefined();
    const wanted = negotiateAudio(offer, { ...local, comfortNoise: true });
    expect(wanted?.comfortNoisePayloadType).toBe(13);
    expect(wanted?.answer).toContain('m=audio 20000 RTP/AVP 0 13\r\n');
  });

  it('offers every codec with its own lines, and digits on each clock', () => {
    const offer = audioOffer({ ...local, comfortNoise: true });
    expect(offer).toContain('m=audio 20000 RTP/AVP 96 9 0 8 13 102 101\r\n');
    expect(offer).toContain('a=rtpmap:102 telephone-event/48000\r\na=fmtp:102 0-15\r\n');
    const answer = negotiateAudio(parseSdp(offer), { ...local, port: 30_000, codecs: ['opus'] })?.answer ?? '';
    expect(readAudioAnswer(answer, offer)).toMatchObject({
      codec: 'opus',
      payloadType: 96,
      fmtp: 'useinbandfec=1',
      telephoneEventPayloadType: 102,
    });
  });

  it('reads packet times, the address of RTCP, and whether it may share a port (RFC 3605, 5761)', () => {
    const line = 'm=audio 4000 RTP/AVP 0';
    expect(negotiateAudio(parseSdp(offerWith(line)), local)).toMatchObject({
      rtcpMux: false,
      remoteRtcp: { address: '198.51.100.1', port: 4001 },
      packetTimeMs: undefined,
      maxPacketTimeMs: undefined,
    });
    const more = ['a=ptime:30', 'a=maxptime:60', 'a=rtcp:5000 IN IP4 198.51.100.9', 'a=rtcp-mux'];
    expect(negotiateAudio(parseSdp(offerWith(line, ...more)), { ...local, rtcpMux: true })).toMatchObject({
      rtcpMux: true,
      remoteRtcp: { address: '198.51.100.9', port: 5000 },
      packetTimeMs: 30,
      maxPacketTimeMs: 60,
    });
    expect(negotiateAudio(parseSdp(offerWith(line, 'a=rtcp:99999')), local)?.remoteRtcp.port).toBe(4001);
  });
});

describe('encrypted audio (RFC 4568)', () => {
  const key = (tag: number, suite: string): CryptoAttribute => ({
    tag,
    suite,
    keyParameters: `inline:${Buffer.alloc(30, tag).toString('base64')}`,
    sessionParameters: [],
  });
  const ours = [key(1, 'AES_CM_128_HMAC_SHA1_80'), key(2, 'AEAD_AES_128_GCM')];
  const theirs = [
    'a=crypto:7 AES_256_CM_HMAC_SHA1_80 inline:AAAA',
    'a=crypto:8 AEAD_AES_128_GCM inline:BBBB UNENCRYPTED_SRTP',
    'a=crypto:9 AEAD_AES_128_GCM inline:CCCC',
  ];

  it('is refused without keys of ours, and taken before plain audio with them', () => {
    const offer = parseSdp(offerWith('m=audio 4000 RTP/AVP 0', 'm=audio 4002 RTP/SAVP 8', ...theirs));
    const plain = negotiateAudio(offer, local);
    expect(plain).toMatchObject({ codec: 'PCMU', crypto: undefined });
    expect(plain?.answer.match(/^m=.*$/gm)).toEqual(['m=audio 20000 RTP/AVP 0', 'm=audio 0 RTP/SAVP 8']);
    const secure = negotiateAudio(offer, { ...local, crypto: ours });
    expect(secure).toMatchObject({
      codec: 'PCMA',
      crypto: {
        remote: { tag: 9, keyParameters: 'inline:CCCC' },
        local: { tag: 9, keyParameters: ours[1]?.keyParameters },
      },
    });
    expect(secure?.answer.match(/^m=.*$/gm)).toEqual(['m=audio 0 RTP/AVP 0', 'm=audio 20000 RTP/SAVP 8']);
    expect(secure?.answer).toContain(`a=crypto:9 AEAD_AES_128_GCM ${ours[1]?.keyParameters}\r\n`);
  });

  it('is offered with all our keys, and the answer says which one is used', () => {
    const offer = audioOffer({ ...local, crypto: ours, cryptoRequired: true });
    expect(offer).toContain('RTP/SAVP 96 9 0 8');
    const answer = negotiateAudio(parseSdp(offer), {
      ...local,
      crypto: [{ ...key(5, 'AEAD_AES_128_GCM'), tag: 1 }],
    })?.answer;
    expect(readAudioAnswer(answer ?? '', offer)?.crypto).toMatchObject({
      local: ours[1],
      remote: { tag: 2, suite: 'AEAD_AES_128_GCM' },
    });
  });

  it.each([
    ['no common suite', 'a=crypto:1 F8_128_HMAC_SHA1_80 inline:AAAA'],
    ['a line that makes no sense', 'a=crypto:x AEAD_AES_128_GCM inline:AAAA'],
    ['no line', 'a=sendrecv'],
  ])('cannot be agreed on with %s', (_, line) => {
    const offer = parseSdp(offerWith('m=audio 4000 RTP/SAVPF 0', line));
    expect(negotiateAudio(offer, { ...local, crypto: ours })).toBeUndefined();
  });

  it('is offered beside plain RTP where it is not required, and left out by who does not know it', () => {
    const offer = audioOffer({ ...local, crypto: ours });
    expect(offer).toContain('RTP/AVP 96 9 0 8');
    const plain = negotiateAudio(parseSdp(offer), local)?.answer ?? '';
    expect(readAudioAnswer(plain, offer)).toMatchObject({ codec: 'opus', crypto: undefined });
    const secure = negotiateAudio(parseSdp(offer), { ...local, crypto: ours })?.answer ?? '';
    expect(readAudioAnswer(secure, offer)?.crypto?.local).toEqual(ours[0]);
  });

  it('is not agreed on when it is required and the other side has none, or no key that can be used', () => {
    const plain = parseSdp(offerWith('m=audio 4000 RTP/AVP 0'));
    expect(negotiateAudio(plain, { ...local, crypto: ours, cryptoRequired: true })).toBeUndefined();
    const secure = parseSdp(offerWith('m=audio 4000 RTP/SAVP 0', ...theirs));
    expect(negotiateAudio(secure, { ...local, crypto: ours, acceptsCrypto: () => false })).toBeUndefined();
    const offer = audioOffer({ ...local, crypto: ours, cryptoRequired: true });
    const answer = offer.replace('RTP/SAVP', 'RTP/AVP').replaceAll(/a=crypto.*\r\n/g, '');
    expect(readAudioAnswer(answer, offer)).toBeUndefined();
  });

  it('answers under the profile that was offered', () => {
    for (const profile of ['RTP/AVPF', 'RTP/SAVPF']) {
      const offer = parseSdp(offerWith(`m=audio 4000 ${profile} 0`, ...theirs));
      const answer = negotiateAudio(offer, { ...local, crypto: ours })?.answer;
      expect(answer).toContain(`m=audio 20000 ${profile} 0\r\n`);
    }
  });

  it('refuses T.38, video and profiles of browsers line by line', () => {
    const lines = [
      'm=image 5000 udptl t38',
      'm=audio 4000 RTP/AVP 0',
      'm=video 5002 RTP/SAVPF 97',
      'm=audio 5004 UDP/TLS/RTP/SAVPF 0',
    ];
    const answer = negotiateAudio(parseSdp(offerWith(...lines)), { ...local, crypto: ours })?.answer;
    expect(answer?.match(/^m=.*$/gm)).toEqual([
      'm=image 0 udptl t38',
      'm=audio 20000 RTP/AVP 0',
      'm=video 0 RTP/SAVPF 97',
      'm=audio 0 UDP/TLS/RTP/SAVPF 0',
    ]);
  });

  it('reads past the lines of preconditions (RFC 3312 5)', () => {
    const lines = ['m=audio 4000 RTP/AVP 0', 'a=curr:qos local none', 'a=des:qos mandatory local sendrecv'];
    expect(negotiateAudio(parseSdp(offerWith(...lines)), local)?.codec).toBe('PCMU');
  });
});
