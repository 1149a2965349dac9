import type { SipEndpoint } from '@dialplane/sip';
import type { Logger } from './call-service.ts';
import type { CallDirectory } from './directory.ts';
import type { MediaAddresses } from './media-address.ts';
import type { Announcement } from './media-thread/announcement.ts';
import type { MediaPool } from './media-thread/media-pool.ts';
import type { OutgoingTrunk } from './outgoing-trunk.ts';

/** Whom to call, over what, and what is said to whoever answers. */
export interface OutgoingCallPlan {
  readonly trunk: OutgoingTrunk;
  /** E.164, or an extension where the trunk dials those. */
  readonly called: string;
  /** Whose call it is; null: no agent's. */
  readonly agentId: string | null;
  readonly announcement: Announcement;
}

/** What a call that we make is made with. */
export interface OutgoingCallContext {
  readonly endpoint: Pick<SipEndpoint, 'call'>;
  readonly directory: CallDirectory;
  readonly media: MediaPool;
  readonly mediaAddresses: Pick<MediaAddresses, 'towards'>;
  readonly ringTimeoutMs: number;
  readonly log: Logger;
  /** The call is over and everything about it is stored. */
  readonly onReleased: () => void;
}
