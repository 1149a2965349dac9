import { defaultSettings } from '@dialplane/conversation';
import { expect, test } from 'vitest';
import { defaultBehaviour, silencePromptsIn } from '../../src/agents/behaviour.ts';

const prompts = { en: ['Hello?'], 'pt-BR': ['Alô?', 'Está aí?'], es: ['¿Hola?'], 'es-MX': ['¿Bueno?'] };

test.each([
  ['en', 'en'],
  ['EN', 'en'],
  ['en-GB', 'en'],
  ['pt-BR', 'pt-BR'],
  ['pt', 'pt-BR'],
  ['pt-PT', 'pt-BR'],
  ['es', 'es'],
  ['es-MX', 'es-MX'],
  ['es-AR', 'es'],
  [null, 'en'],
] as const)('an agent of %s asks in %s', (language, code) => {
  expect(silencePromptsIn(language, prompts)).toEqual(prompts[code]);
});

test('without prompts of its language an agent asks in the default ones', () => {
  expect(silencePromptsIn('ja', prompts)).toEqual(defaultSettings.silencePrompts);
  expect(silencePromptsIn(null, {})).toEqual(defaultSettings.silencePrompts);
});

test('the defaults are those of a conversation', () => {
  expect(defaultBehaviour).toMatchObject({
    silence_prompt_after_ms: defaultSettings.silencePromptAfterMs,
    silence_max_prompts: defaultSettings.silenceMaxPrompts,
    silence_end_after_ms: defaultSettings.silenceEndAfterMs,
    endpointing: { silence_ms: defaultSettings.endpointingSilenceMs },
    max_call_ms: defaultSettings.maxCallMs,
  });
});
