/** Thread that writes one set of model files and ends. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { Vocabulary } from '../recogniser.ts';
import { buildAgentLanguage } from './agent-language.ts';
import { writeArpa } from './arpa.ts';
import { readDictionary, writeDictionary } from './dictionary.ts';
import { readEverydayWords } from './everyday-words.ts';
import { digitsLanguage, expectedWords, yesNoLanguage } from './expected-language.ts';
import { pocketSphinxFiles } from './find-pocketsphinx.ts';
import { readGaussians, writeGaussians } from './gaussian-file.ts';
import type { BuilderOrder, LanguageFiles } from './language-builder.ts';
import { telephoneBand } from './mel-filters.ts';
import type { ModelFiles } from './recogniser-job.ts';
import { projectMeans, projectVariances } from './telephone-model.ts';

/** More words cost time and confuse: 3000 and 5000 were alike on the development set. */
const EVERYDAY_WORDS = 5000;

function writeModels(folder: string): ModelFiles {
  const files: ModelFiles = {
    telephoneMeans: join(folder, 'telephone-means'),
    telephoneVariances: join(folder, 'telephone-variances'),
    yesNo: join(folder, 'yes-no.arpa'),
    digits: join(folder, 'digits.arpa'),
  };
  const means = readGaussians(readFileSync(join(pocketSphinxFiles.acousticModel, 'means')));
  const variances = readGaussians(readFileSync(join(pocketSphinxFiles.acousticModel, 'variances')));
  writeFileSync(files.telephoneMeans, writeGaussians(projectMeans(means, telephoneBand)));
  writeFileSync(files.telephoneVariances, writeGaussians(projectVariances(variances, telephoneBand)));
  writeFileSync(files.yesNo, writeArpa(yesNoLanguage()));
  writeFileSync(files.digits, writeArpa(digitsLanguage()));
  return files;
}

function writeLanguage(folder: string, name: string, vocabulary: Vocabulary): LanguageFiles {
  const dictionary = readDictionary(readFileSync(pocketSphinxFiles.dictionary, 'utf8'));
  const everyday = readEverydayWords(readFileSync(pocketSphinxFiles.languageModel), EVERYDAY_WORDS);
  const language = buildAgentLanguage(vocabulary, everyday, (word) => dictionary.has(word));
  const files = { id: vocabulary.id, model: join(folder, `${name}.arpa`), dictionary: join(folder, `${name}.dict`) };
  writeFileSync(files.model, writeArpa(language.model));
  writeFileSync(files.dictionary, writeDictionary([...new Set([...language.words, ...expectedWords])], dictionary));
  return files;
}

const order = workerData as BuilderOrder;
parentPort?.postMessage(
  order.type === 'models' ? writeModels(order.folder) : writeLanguage(order.folder, order.name, order.vocabulary),
);
