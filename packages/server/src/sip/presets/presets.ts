import { threeCx } from './3cx.ts';
import { asterisk } from './asterisk.ts';
import type { CarrierPreset } from './carrier-preset.ts';
import { freepbx } from './freepbx.ts';
import { kamailio } from './kamailio.ts';
import { plivo } from './plivo.ts';
import { sinch } from './sinch.ts';
import { telnyx } from './telnyx.ts';
import { twilio } from './twilio.ts';
import { wavix } from './wavix.ts';

/** Carriers first, then PBXs. */
export const presets: readonly CarrierPreset[] = [
  twilio,
  telnyx,
  plivo,
  sinch,
  wavix,
  threeCx,
  asterisk,
  freepbx,
  kamailio,
];

export const presetNames: readonly string[] = presets.map(({ name }) => name);
