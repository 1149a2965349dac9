import type { RecordingFormat } from '@dialplane/calls';

/** What an organisation's recording is called, on the disk and in a bucket. */
export interface RecordingName {
  readonly orgId: string;
  readonly callId: string;
}

export const soundName = ({ orgId, callId }: RecordingName, format: RecordingFormat): string =>
  `${orgId}/${callId}.${format}`;

export const waveformName = ({ orgId, callId }: RecordingName): string => `${orgId}/${callId}.peaks`;

export const mediaTypes: Readonly<Record<RecordingFormat, string>> = { wav: 'audio/wav', opus: 'audio/ogg' };
