import type { ConversationEventBody } from '@dialplane/conversation';
import type { CodecName } from '@dialplane/sip';
import type { EndedBy, EndingClass, EndingReason } from './endings.ts';
import type { MediaVerdict } from './media-verdict/media-verdict.ts';
import type { Quality } from './media-verdict/quality-meter.ts';
import type { PartyDiversion, ShownAttestation } from './parties.ts';
import type { RecordingEvent } from './recording/call-recording.ts';

/** One step of the routing explanation: what was looked at, and what came of it. */
export interface RouteStep {
  readonly rule:
    | 'trunk'
    | 'outbound_trunk'
    | 'trunk_limit'
    | 'dialled_number'
    | 'agent_header'
    | 'assigned_number'
    | 'trunk_number'
    | 'first_available';
  /** `warning`: the PBX asked for something that cannot be; routing goes on without it. */
  readonly outcome: 'matched' | 'skipped' | 'failed' | 'warning';
  /** A sentence for people. */
  readonly why: string;
}

export interface MediaAddress {
  readonly address: string;
  readonly port: number;
}

/** What signalling and media tell the call record; the conversation adds its own kinds. */
type CallEventBody =
  | {
      readonly kind: 'invite_received';
      readonly sipCallId: string;
      readonly source: string;
      readonly transport: 'udp' | 'tcp' | 'tls';
      readonly caller: string | null;
      readonly called: string;
      /** Who the call was for before, the latest first (RFC 5806, RFC 7044). */
      readonly diversions?: readonly PartyDiversion[];
      readonly attestation?: ShownAttestation;
    }
  | {
      readonly kind: 'routed';
      /** Null: no agent speaks in the call. */
      readonly agentId: string | null;
      readonly agentName: string | null;
      readonly steps: readonly RouteStep[];
    }
  | { readonly kind: 'ringing' }
  /** Sound from the other side before the answer of a call that we make, with the response that described it. */
  | { readonly kind: 'early_media'; readonly status: number }
  | {
      readonly kind: 'answered';
      readonly codec: CodecName;
      readonly encrypted: { readonly signalling: boolean; readonly media: boolean };
    }
  | { readonly kind: 'codec_changed'; readonly from: CodecName; readonly codec: CodecName }
  /** The other side does not want to hear us for a while; the conversation stands still. */
  | { readonly kind: 'hold_started' }
  | { readonly kind: 'hold_ended' }
  /** The media thread owns the record from here on. */
  | {
      readonly kind: 'media_started';
      readonly local: MediaAddress;
      readonly remote: MediaAddress;
      readonly telephoneEvent: boolean;
      readonly recogniser: string | null;
      readonly synthesiser: string;
      readonly model: string;
    }
  | {
      readonly kind: 'media_verdict';
      readonly verdict: MediaVerdict;
      readonly sentence: string;
      /** Packets over the whole call so far. */
      readonly sent: number;
      readonly received: number;
      readonly lost: number;
      readonly jitterMs: number;
      readonly local: MediaAddress;
      /** What the other side's SDP named. */
      readonly remote: MediaAddress | null;
      /** Where we send to: where their sound came from, else the address of the SDP. */
      readonly target: MediaAddress | null;
    }
  | ({ readonly kind: 'quality' } & Quality)
  | {
      readonly kind: 'ended';
      readonly reason: EndingReason;
      readonly by: EndedBy;
      readonly class: EndingClass;
      readonly sipCode: number;
      readonly q850Cause: number;
      readonly sentence: string;
    }
  | RecordingEvent
  | ConversationEventBody;

/** An event of the call record: `seq` is gap-free within a call, `atMs` counts whole milliseconds from the call's first event. */
export type CallEvent = CallEventBody & { readonly seq: number; readonly atMs: number };
export type CallEventKind = CallEvent['kind'];
export type { CallEventBody };
