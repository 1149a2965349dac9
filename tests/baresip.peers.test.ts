import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { activeLevelDbfs, encodeWav, medianPitchHz, readWav, rmsDbfs } from '@dialplane/audio';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newCallerNumber } from './caller-number.ts';
import { historyWhen, transcript } from './history.ts';
import { runPeer } from './peer-program.ts';
import { type Product, startProduct } from './product.ts';
import { sipPort } from './sip-port.ts';
import { openCallerVoice } from './voice.ts';

const RATE = 8000;
/** The greeting lasts about five seconds; the question comes after it. */
const QUESTION_AFTER_S = 7;
/** Room for the answer. A file that ends would end the sound baresip sends. */
const LISTEN_S = 14;
const CALL_S = 20;
const SLT_HZ = { from: 145, to: 195 };

let product: Product;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'dialplane-baresip-'));
  product = await startProduct();
});

afterAll(async () => {
  expect(await product.stop()).toBe(0);
  rmSync(directory, { recursive: true, force: true });
});

it.each(['udp', 'tcp', 'tls'] as const)(
  'baresip calls over %s, hears the agent and is understood',
  async (transport) => {
    const from = newCallerNumber();
    const recordings = await baresipCall(transport, from);

    const heard = readdirSync(recordings).find((name) => name.endsWith('dec.wav'));
    const sound = readWav(readFileSync(join(recordings, heard ?? 'nothing recorded')));
    const samples = sound.channels[0] ?? new Int16Array();
    expect(sound.sampleRate).toBe(RATE);
    expect(activeLevelDbfs(samples, RATE)).toBeGreaterThan(-30);
    expect(secondsOfSpeech(samples)).toBeGreaterThan(4);
    const pitchHz = medianPitchHz(samples, RATE);
    expect(pitchHz).toBeGreaterThan(SLT_HZ.from);
    expect(pitchHz).toBeLessThan(SLT_HZ.to);

    const items = await historyWhen(product, from, (all) =>
      transcript(all).some((line) => /^ai: .*monday/i.test(line)),
    );
    const lines = transcript(items);
    expect(lines[0]).toMatch(/^ai: Hello, and thank you for calling/);
    expect(lines.filter((line) => line.startsWith('contact:')).join(' '), lines.join('\n')).toMatch(/opening hours/i);
    expect(lines.filter((line) => line.startsWith('ai:')).join(' '), lines.join('\n')).toMatch(/7 am/);
  },
);

/** Places one call and returns the directory with what was recorded. */
async function baresipCall(transport: 'udp' | 'tcp' | 'tls', from: string): Promise<string> {
  const home = mkdtempSync(join(directory, `${transport}-`));
  const recordings = join(home, 'recordings');
  mkdirSync(recordings);
  const question = join(home, 'question.wav');
  writeFileSync(question, await paddedQuestion('What are your opening hours?'));
  // The product vouches for itself; baresip is told to trust exactly that.
  const authorities = join(product.dataDirectory, 'sip-tls-certificate.pem');
  writeFileSync(join(home, 'config'), configuration(question, recordings, authorities));
  writeFileSync(join(home, 'contacts'), '');
  const { demo } = product;
  writeFileSync(
    join(home, 'accounts'),
    `<sip:${from}@127.0.0.1;transport=${transport}>;auth_user=${demo.username};auth_pass=${demo.password};regint=0\n`,
  );
  const dial = `/dial sip:${demo.number}@127.0.0.1:${await sipPort(product, transport)};transport=${transport}`;
  const run = await runPeer('/usr/bin/baresip', ['-f', home, '-e', dial, '-t', String(CALL_S)], {
    directory: home,
    withinMs: (CALL_S + 10) * 1000,
  });
  expect(run.said).toContain('Call established');
  return recordings;
}

async function paddedQuestion(text: string): Promise<Uint8Array> {
  const voice = await openCallerVoice();
  const spoken = await voice.speak(text, 'rms');
  await voice.close();
  const samples = new Int16Array(QUESTION_AFTER_S * RATE + spoken.length + LISTEN_S * RATE);
  samples.set(spoken, QUESTION_AFTER_S * RATE);
  return encodeWav({ sampleRate: RATE, channels: [samples] });
}

/** No sound card: the source is a file, and what is heard is written down by the sndfile filter. */
function configuration(question: string, recordings: string, authorities: string): string {
  return `${[
    'sip_listen 127.0.0.1:0',
    `sip_cafile ${authorities}`,
    `audio_source aufile,${question}`,
    `ausrc_srate ${RATE}`,
    `auplay_srate ${RATE}`,
    'ausrc_channels 1',
    'auplay_channels 1',
    'module_path /usr/lib/baresip/modules',
    'module g711.so',
    'module aufile.so',
    'module sndfile.so',
    'module_tmp account.so',
    'module_app menu.so',
    `snd_path ${recordings}`,
  ].join('\n')}\n`;
}

/** Blocks of 20 ms well above comfort noise. */
function secondsOfSpeech(samples: Int16Array): number {
  const block = RATE / 50;
  let blocks = 0;
  for (let from = 0; from + block <= samples.length; from += block) {
    if (rmsDbfs(samples, from, from + block) > -45) blocks += 1;
  }
  return blocks / 50;
}
