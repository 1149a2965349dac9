import './opus-in-webassembly.ts';

export { Decoder, Encoder } from '@evan/opus';
