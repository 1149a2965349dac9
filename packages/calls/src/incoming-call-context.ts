import type { Logger } from './call-service.ts';
import type { CallDirectory } from './directory.ts';
import type { IncomingCallHandler } from './incoming-call.ts';
import type { MediaAddresses } from './media-address.ts';
import type { MediaPool } from './media-thread/media-pool.ts';
import type { Prompts } from './prompts.ts';
import type { RecordingStore } from './recording/recording-store.ts';
import type { TrunkGate } from './trunk-limits.ts';

/** What every incoming call needs of the service it is in. */
export interface IncomingCallContext {
  readonly directory: CallDirectory;
  readonly media: MediaPool;
  readonly prompts: Prompts;
  readonly gate: TrunkGate;
  /** Undefined: no call is recorded. */
  readonly recordings: RecordingStore | undefined;
  /** Prefix of our own SIP headers, `X-OPENCX` on the wire of the brief. */
  readonly headerPrefix: string;
  /** From the INVITE to our final answer. */
  readonly answerWithinMs: number;
  readonly mediaAddresses: Pick<MediaAddresses, 'facing'>;
  readonly log: Logger;
  readonly onReleased: (call: IncomingCallHandler) => void;
}
