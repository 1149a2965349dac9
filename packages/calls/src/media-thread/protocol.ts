/** What the main thread and a media thread say to each other. All of it is plain data. */
import type { MessagePort } from 'node:worker_threads';
import type { SuppressionMode } from '@dialplane/audio';
import type { ConversationEnd, ConversationSettings, ModelTurn } from '@dialplane/conversation';
import type { SrtpKeys } from '@dialplane/rtp';
import type { CodecName, MediaDirection } from '@dialplane/sip';
import type { Voice } from '@dialplane/speech';
import type { AgentAmbience } from '../directory.ts';
import type { EndingReason } from '../endings.ts';
import type { CallEvent, MediaAddress } from '../events.ts';
import type { SilentEnding } from '../media-verdict/silent-peer.ts';
import type { RecordingHolder } from '../recording/call-recording.ts';
import type { RecordingPlan } from '../recording/plan.ts';
import type { Announcement } from './announcement.ts';

/** Given to the thread when it starts. */
export interface MediaThreadSetup {
  /** Address RTP sockets are bound to. */
  readonly host: string;
  readonly portMin: number;
  readonly portMax: number;
  /** Name and voices of the synthesiser and the name of the model, reached over `streams`. */
  readonly synthesiser: { readonly name: string; readonly voices: readonly Voice[] };
  readonly model: string;
  readonly streams: MessagePort;
  readonly recogniser: { readonly name: string; readonly acceptAbove: number; readonly port: MessagePort } | undefined;
  /** Undefined: no call is recorded. */
  readonly recorder: MessagePort | undefined;
}

export interface StartMedia {
  readonly remote: MediaAddress;
  readonly codec: CodecName;
  readonly payloadType: number;
  readonly telephoneEventPayloadType: number | undefined;
  readonly comfortNoisePayloadType: number | undefined;
  readonly remoteRtcp: MediaAddress;
  readonly rtcpMux: boolean;
  /** Undefined: the sound is not encrypted. */
  readonly srtp: SrtpKeys | undefined;
  /** Whether we send and receive; who may not send is on hold. */
  readonly direction: MediaDirection;
  /** `performance.timeOrigin + performance.now()` of the call's first event. */
  readonly originMs: number;
  /** First `seq` this thread gives: it owns the record from now on. */
  readonly nextSeq: number;
  /** Address of ours that the other side was told to send to. */
  readonly localAddress: string;
  /** Undefined: the call is not recorded. */
  readonly recording: RecordingPlan | undefined;
}

/** What an offer and its answer say about the sound. */
export type MediaAgreement = Omit<StartMedia, 'originMs' | 'nextSeq' | 'localAddress' | 'recording'>;

export type ToMediaThread =
  /** Reserves a port and makes the conversation ready, so that the greeting is there when the call is answered. */
  | {
      readonly type: 'open';
      readonly call: string;
      readonly settings: ConversationSettings;
      readonly vocabularyId: string;
      readonly history: readonly ModelTurn[];
      readonly noiseSuppression: SuppressionMode;
      readonly ambience: AgentAmbience | undefined;
    }
  /** The same for a call in which a few sentences are spoken. */
  | { readonly type: 'open_announcement'; readonly call: string; readonly announcement: Announcement }
  | ({ readonly type: 'start'; readonly call: string } & StartMedia)
  /** The other side sent a new offer. */
  | ({ readonly type: 'connect'; readonly call: string } & MediaAgreement)
  /** Keys for the other side; `w` is a pause. */
  | { readonly type: 'press'; readonly call: string; readonly digits: string }
  /** A key that did not come or go as sound: the other side pressed it, or was sent it, in the signalling. */
  | {
      readonly type: 'signalled_digit';
      readonly call: string;
      readonly digit: string;
      readonly sentBy: 'caller' | 'api';
    }
  /** Asked in the signalling, the other side, whose sound is missing, said that it is there. */
  | { readonly type: 'peer_answered'; readonly call: string }
  | { readonly type: 'say'; readonly call: string; readonly text: string }
  | { readonly type: 'pause_recording'; readonly call: string; readonly by: RecordingHolder }
  | { readonly type: 'resume_recording'; readonly call: string; readonly by: RecordingHolder }
  /** The recording thread died; this leads to the new one. */
  | { readonly type: 'new_recorder'; readonly port: MessagePort }
  /** Ends the media and writes the record's last event. */
  | { readonly type: 'stop'; readonly call: string; readonly reason: EndingReason; readonly sipCode: number };

export type FromMediaThread =
  | { readonly type: 'ready' }
  | { readonly type: 'opened'; readonly call: string; readonly port: number }
  | {
      readonly type: 'open_failed';
      readonly call: string;
      readonly code: 'range_exhausted' | 'failed';
      readonly message: string;
    }
  | { readonly type: 'events'; readonly call: string; readonly events: readonly CallEvent[] }
  | { readonly type: 'conversation_over'; readonly call: string; readonly end: ConversationEnd }
  /** The other side's sound is missing; unless it answers in the signalling, the call ends like that. */
  | { readonly type: 'silent'; readonly call: string; readonly ending: SilentEnding }
  /** Everything of the call is freed and all its events have been sent. */
  | { readonly type: 'closed'; readonly call: string }
  | { readonly type: 'failed'; readonly call: string; readonly error: Error };
