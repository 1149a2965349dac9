/** What a call's packets say about the way between us and the other side, in a word and in a sentence for people. */

import type { MediaAddress } from '../events.ts';

export type MediaVerdict =
  /** Sound came and went. */
  | 'both_ways'
  /** Nothing ever came. */
  | 'never_any_media'
  /** RTCP came, so that the way is open, but no sound. */
  | 'control_only'
  /** Sound came and stopped, while it was due. */
  | 'media_stopped'
  /** The call was on hold whenever sound might have come. */
  | 'on_hold';

/** Counted over the whole call so far. */
export interface MediaFacts {
  readonly sent: number;
  readonly received: number;
  readonly lost: number;
  /** From sources that were not listened to. */
  readonly foreign: number;
  /** Encrypted with keys that are not the agreed ones, or not at all. */
  readonly undecipherable: number;
  /** Datagrams our system could not send. */
  readonly sendErrors: number;
  readonly controlReceived: number;
  readonly held: boolean;
  /** Sound was due and had not come for long when this was found. */
  readonly stopped: boolean;
  /** Where the other side was told to send to. */
  readonly local: MediaAddress;
  /** Where we send to now: the source heard, or the address of the SDP. Undefined: nowhere. */
  readonly target: MediaAddress | undefined;
  /** What the other side's SDP named. */
  readonly remote: MediaAddress | undefined;
}

export function verdictOf({ received, controlReceived, held, stopped }: MediaFacts): MediaVerdict {
  if (received > 0) return stopped ? 'media_stopped' : 'both_ways';
  if (held) return 'on_hold';
  return controlReceived > 0 ? 'control_only' : 'never_any_media';
}

/** What happened and, where something is to be done, by whom. */
export function verdictSentence(facts: MediaFacts): string {
  const { sent, received, lost, local, target } = facts;
  const to = target ? at(target) : 'nowhere';
  switch (verdictOf(facts)) {
    case 'both_ways':
      return `We sent ${packets(sent)} to ${to} and received ${count(received)}, ${count(lost)} lost on the way.${latched(facts)}`;
    case 'media_stopped':
      return (
        `We sent ${packets(sent)} to ${to} and received ${count(received)}, then no more: ` +
        'their device, or the way from them, went away.'
      );
    case 'control_only':
      return (
        `We sent ${packets(sent)} to ${to} and received RTCP but no sound: the way is open and their side sends nothing. ` +
        'Look for a muted or held telephone.'
      );
    case 'on_hold':
      return 'The other side kept the call on hold, so that no sound was due.';
    case 'never_any_media':
      if (facts.undecipherable > 0) return undecipherable(facts, to);
      return `${never(facts, to)} They have to be able to send UDP to ${at(local)}.`;
  }
}

function undecipherable(facts: MediaFacts, to: string): string {
  return (
    `We sent ${packets(facts.sent)} to ${to} and could decrypt none of the ${count(facts.undecipherable)} that came: ` +
    'something between us changed the keys in the SDP, or their side does not encrypt.'
  );
}

function never({ sent, foreign, sendErrors }: MediaFacts, to: string): string {
  if (foreign > 0) {
    return (
      `We sent ${packets(sent)} to ${to} and received none from there, but ${count(foreign)} from elsewhere: ` +
      'their NAT gave the sound another address.'
    );
  }
  if (sendErrors > 0) {
    return (
      `We received nothing, and ${count(sendErrors)} of our ${packets(sent)} to ${to} were turned back: ` +
      'nobody listens there, or a firewall refuses.'
    );
  }
  return `We sent ${packets(sent)} to ${to} and received none: their firewall or NAT.`;
}

function latched({ target, remote }: MediaFacts): string {
  if (!target || !remote || (target.address === remote.address && target.port === remote.port)) return '';
  return ` Their SDP named ${at(remote)}; we answer where the sound came from.`;
}

const at = ({ address, port }: MediaAddress): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
/** 1204 -> 1,204 */
const count = (value: number): string => value.toLocaleString('en-US');
const packets = (value: number): string => `${count(value)} ${value === 1 ? 'packet' : 'packets'}`;
