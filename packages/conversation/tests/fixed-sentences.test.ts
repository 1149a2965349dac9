import { expect, test } from 'vitest';
import { fixedSentences } from '../src/index.ts';
import { Scene } from './fakes/scene.ts';

const menu = [{ title: 'Opening hours', text: 'We are open from nine to five.' }];

test('holds everything a silent caller hears', async () => {
  const scene = await Scene.afterGreeting();
  await scene.until(() => scene.end !== undefined, 60_000);
  const known = fixedSentences(scene.options.settings, true);
  for (const request of scene.synthesiser.requests) expect(known).toContain(request);
});

test('holds everything a caller without a recogniser hears', async () => {
  const scene = new Scene({ withoutRecogniser: true, settings: { menu } });
  await scene.start();
  await scene.untilAgentIsQuiet();
  for (const key of ['1', '0', '#']) {
    scene.conversation.digit(key);
    await scene.untilAgentIsQuiet();
  }
  await scene.until(() => scene.end !== undefined, 60_000);
  const known = fixedSentences(scene.options.settings, false);
  for (const request of scene.synthesiser.requests) expect(known).toContain(request);
});
