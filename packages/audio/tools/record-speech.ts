/**
 * Writes tests/fixtures/speech: sentences spoken by flite through a telephone line (raw mu-law, 8 kHz), and where the
 * words of each begin and end. Run it from anywhere: node packages/audio/tools/record-speech.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { speakWithPhones } from './flite-phones.ts';
import { throughPhoneLine } from './phone-line.ts';

/** Ends that are hard to hear: a voiced fricative, a stop inside a fricative cluster, a stop whose closure is silent. */
const sentences = [
  { name: 'hours', text: 'What are your opening hours?' },
  { name: 'six', text: 'Can I book a table for six?' },
  { name: 'night', text: 'I would like to talk to a person about last night.' },
];
const voices = ['rms', 'slt'];
/** A usual level on a telephone line. */
const LEVEL_DBFS = -22;

const folder = new URL('../tests/fixtures/speech/', import.meta.url);
mkdirSync(folder, { recursive: true });
const index = [];
for (const voice of voices) {
  for (const { name, text } of sentences) {
    const spoken = await speakWithPhones(text, voice);
    const file = `${voice}-${name}.ulaw`;
    writeFileSync(new URL(file, folder), await throughPhoneLine(spoken.samples, spoken.sampleRate, LEVEL_DBFS));
    const [lead, ...rest] = spoken.phones;
    const last = rest.findLast((phone) => phone.name !== 'pau');
    index.push({
      file,
      text,
      wordsFromSample: Math.round((lead?.endSeconds ?? 0) * 8000),
      wordsToSample: Math.round((last?.endSeconds ?? 0) * 8000),
      phones: spoken.phones.map((phone) => `${phone.name}:${phone.endSeconds}`).join(' '),
    });
  }
}
writeFileSync(new URL('sentences.json', folder), `${JSON.stringify(index, null, 2)}\n`);
