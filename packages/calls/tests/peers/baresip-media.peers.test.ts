/** Sound to and from Debian's baresip in each codec, in the clear and encrypted: tones found again in both directions. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVoiceCodec, encodeWav, readWav, sine, toneLevelDbfs } from '@dialplane/audio';
import { createMediaClock, createPortPool, openRtpLeg, sharedNowMs } from '@dialplane/rtp';
import { type CodecName, createSipEndpoint, type NegotiatedAudio, negotiateAudio } from '@dialplane/sip';
import { expect, onTestFinished, test } from 'vitest';
import { localEncryption, mediaAgreement } from '../../src/media-encryption.ts';
import { frameSamples, IncomingSound } from '../../src/media-thread/incoming-sound.ts';
import { OutgoingSound } from '../../src/media-thread/outgoing-sound.ts';

const OURS_HZ = 700;
const THEIRS_HZ = 450;
const LEVEL_DBFS = -15;
const CALL_SECONDS = 4;
const PASSWORD = 'secret';

/** Named as baresip names them: G.722 by its true rate. */
const baresipCodecs = { PCMU: 'PCMU/8000/1', PCMA: 'PCMA/8000/1', G722: 'G722/16000/1', opus: 'opus/48000/1' };

/** Answers one call with our tone, and keeps what it hears. */
async function openAnswerer(codec: CodecName, encryption: 'off' | 'require') {
  const heard: Int16Array[] = [];
  const sound = new IncomingSound((frame) => heard.push(frame.slice()));
  const outgoing = new OutgoingSound();
  const voice = createVoiceCodec(codec);
  let agreed: NegotiatedAudio | undefined;
  const leg = await openRtpLeg({
    pool: createPortPool({ host: '0.0.0.0', min: 36_000, max: 36_999 }),
    handlers: {
      onSound: (packet, header, arrivedMs) => sound.arrived(packet, header, arrivedMs),
      onNewStream: () => sound.restart(),
      onDigit: () => undefined,
      onError: () => undefined,
    },
  });
  const tone = sine({ frequencyHz: OURS_HZ, sampleRate: 8000, durationMs: 1000, levelDbfs: LEVEL_DBFS });
  let at = 0;
  const seat = createMediaClock({ onError: () => undefined }).join({
    tick(dueMs, skipped) {
      const nowMs = sharedNowMs();
      sound.tick(nowMs, nowMs - dueMs, skipped);
      if (!agreed) return;
      leg.send(false, outgoing.encode(voice, tone.subarray(at, at + frameSamples), leg.payload));
      at = (at + frameSamples) % tone.length;
    },
  });
  const endpoint = await createSipEndpoint({
    host: '0.0.0.0',
    port: 0,
    userAgent: 'answerer',
    authentication: {
      realm: 'answerer',
      nonceKey: new Uint8Array(32),
      findCredential: async () => ({ password: PASSWORD, owner: 'tester' }),
    },
    onInvite(call) {
      const local = { address: '127.0.0.1', port: leg.localPort, codecs: [codec], sessionId: 1, rtcpMux: true };
      const audio = call.offer && negotiateAudio(call.offer, { ...local, ...localEncryption(encryption) });
      if (!audio) return call.refuse(488);
      agreed = audio;
      const media = mediaAgreement(audio);
      sound.agree(voice, media.payloadType, undefined);
      leg.connect({ ...media, clockRateHz: voice.clockRateHz });
      call.answer(audio.answer);
    },
  });
  onTestFinished(async () => {
    seat.leave();
    await leg.close();
    await endpoint.close();
  });
  return { port: endpoint.port, leg, heard: () => heard, audio: () => agreed };
}

/** One call of baresip's, with a tone for a microphone. Resolves with what it heard. */
async function callWithBaresip(port: number, codec: CodecName, mediaEncryption: string) {
  const directory = mkdtempSync(join(tmpdir(), 'dialplane-baresip-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const rateHz = codec === 'opus' ? 48_000 : codec === 'G722' ? 16_000 : 8000;
  const tone = sine({ frequencyHz: THEIRS_HZ, sampleRate: rateHz, durationMs: 20_000, levelDbfs: LEVEL_DBFS });
  const file = join(directory, 'tone.wav');
  writeFileSync(file, encodeWav({ sampleRate: rateHz, channels: [tone] }));
  writeFileSync(
    join(directory, 'accounts'),
    `<sip:tester@127.0.0.1:${port}>;regint=0;auth_pass=${PASSWORD};audio_codecs=${baresipCodecs[codec]};${mediaEncryption}\n`,
  );
  const lines = [
    `audio_source aufile,${file}`,
    `ausrc_srate ${rateHz}`,
    'module_path /usr/lib/baresip/modules',
    ...['g711', 'g722', 'opus', 'srtp', 'aufile', 'sndfile'].map((name) => `module ${name}.so`),
    'module_tmp account.so',
    'module_app menu.so',
    `snd_path ${directory}`,
    'opus_stereo no',
    'opus_sprop_stereo no',
  ];
  writeFileSync(join(directory, 'config'), `${lines.join('\n')}\n`);
  const options = ['-f', directory, '-e', `/dial sip:us@127.0.0.1:${port}`, '-t', String(CALL_SECONDS)];
  const child = spawn('baresip', options, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes));
  await once(child, 'exit');
  const dump = readdirSync(directory).find((name) => name.endsWith('-dec.wav'));
  return { said, heard: dump === undefined ? undefined : readWav(await readFile(join(directory, dump))) };
}

test.each([
  ['PCMU', 'off', ''],
  ['PCMA', 'off', ''],
  ['G722', 'off', ''],
  ['opus', 'off', ''],
  ['PCMU', 'require', 'mediaenc=srtp'],
  ['G722', 'require', 'mediaenc=srtp-mand'],
  ['opus', 'require', 'mediaenc=srtp-mand'],
] as const)('%s with encryption "%s", %s', async (codec, encryption, mediaEncryption) => {
  const answerer = await openAnswerer(codec, encryption);
  const { said, heard } = await callWithBaresip(answerer.port, codec, mediaEncryption);
  expect(answerer.audio(), said).toMatchObject({ codec });
  expect(answerer.audio()?.crypto !== undefined).toBe(encryption === 'require');
  const ours = Int16Array.from(
    answerer
      .heard()
      .slice(-120, -70)
      .flatMap((frame) => [...frame]),
  );
  expect(Math.abs(toneLevelDbfs(ours, 8000, THEIRS_HZ) - LEVEL_DBFS)).toBeLessThan(2);
  expect(answerer.leg.stats.unexpected).toBe(0);
  // At the end of an encrypted call this baresip says goodbye in RTCP that is not encrypted.
  expect(answerer.leg.stats.undecipherable).toBeLessThanOrEqual(2);
  const theirs = heard?.channels[0]?.subarray(heard.sampleRate, 2 * heard.sampleRate);
  expect(theirs && toneLevelDbfs(theirs, heard?.sampleRate ?? 0, OURS_HZ), said).toBeGreaterThan(LEVEL_DBFS - 2);
});
