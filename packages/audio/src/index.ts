/** Samples: codecs, rates, levels, files, and whether somebody speaks. */

export { Ambience, type AmbiencePreset, ambienceLoop } from './ambience/ambience.ts';
export { AudioError } from './audio-error.ts';
export { DtmfDetector } from './dtmf-detector.ts';
export { GuardedDetector } from './echo/guarded-detector.ts';
export { decodeG711, encodeG711, type G711Law } from './g711.ts';
export { G722Decoder } from './g722/decoder.ts';
export { G722Encoder } from './g722/encoder.ts';
export { toneLevelDbfs } from './goertzel.ts';
export { Doubler, Halver } from './half-band.ts';
export { activeLevelDbfs, type NormaliseOptions, normaliseLevel, rmsDbfs, SILENCE_DBFS } from './level.ts';
export { LossConcealment } from './loss/concealment.ts';
export { loadNoiseSuppression, type NoiseSuppression, type NoiseSuppressor } from './noise/noise-suppressor.ts';
export type { SpeechLabels } from './noise/snr-estimate.ts';
export { type SuppressionMode, SwitchedSuppressor } from './noise/switched-suppressor.ts';
export { OggOpusEncoder, type OggOpusOptions } from './ogg/ogg-opus-encoder.ts';
export { medianPitchHz } from './pitch.ts';
export { loadResampler, type Resampler, type ResamplerFactory } from './resampler.ts';
export { loadSilero, SILERO_WINDOW_SAMPLES, type SileroRuntime, type SileroVad } from './silero/silero.ts';
export { SpeechDetector } from './speech-detector.ts';
export { type SineOptions, sine } from './tone.ts';
export { createVoiceCodec, type VoiceCodec, type VoiceCodecName } from './voice-codec.ts';
export { encodeWav, readWav, type WavSound } from './wav.ts';
export { openWavWriter, type WavWriter, type WavWriterOptions } from './wav-writer.ts';
