import type { Clock, RunningTimer } from '../clock.ts';
import type { Refusal } from '../endpoint/endpoint-types.ts';
import { type RefusalCode, refusalCodes } from '../endpoint/refusal-codes.ts';
import type { SipRequest } from '../message/message.ts';
import type { Flow } from '../transport/flow.ts';
import { type Ban, Guard } from './guard.ts';
import { defaultLimits, type GuardLimits } from './guard-options.ts';
import { scannerSignature } from './scanner.ts';

/** Abandoned challenges are noticed within it. */
const SWEEP_MS = 2_000;

/** Calls of listed sources that wait for credentials at once; more than a carrier sends in five seconds. */
const MOST_AMBIGUOUS = 1_000;

/** Real names, numbers and Call-IDs are shorter; a flood must not choose how much is kept of it. */
const LONGEST_KEPT_CHARACTERS = 128;

/** First letters of what we send to whom we trust: INVITE and REGISTER. */
const INVITE_PREFIX = Buffer.from('INVITE ');
const REGISTER_PREFIX = Buffer.from('REGISTER ');
/** Responses, to requests of ours: nothing to be silent about. */
const RESPONSE_PREFIX = Buffer.from('SIP/2.0 ');

export interface EndpointGuardOptions {
  readonly clock: Clock;
  readonly limits?: Partial<GuardLimits>;
  readonly watchesPrivate?: boolean;
  isListed?(address: string): boolean;
  refused(refusal: Refusal): void;
  /** @param last where the message came from that brought the silence. */
  silenced(ban: Ban, last: Flow | undefined): void;
}

/** What is kept of a request until it is known how it ends. */
interface Told {
  readonly source: Flow;
  readonly method: string;
  readonly callId: string;
  readonly caller: string | undefined;
  readonly called: string | undefined;
}

/** The guard of one endpoint: reads requests for it, gives it the time, and tells of what it decides. */
export class EndpointGuard {
  readonly #options: EndpointGuardOptions;
  readonly #guard: Guard<Told>;
  /** Challenged requests of listed sources, by Call-ID: whose they are is not known unless credentials come. */
  readonly #ambiguous = new Map<string, { readonly told: Told; readonly atMs: number }>();
  #timer: RunningTimer;

  constructor(options: EndpointGuardOptions) {
    this.#options = options;
    this.#guard = new Guard<Told>({
      ...(options.limits === undefined ? {} : { limits: options.limits }),
      watchesPrivate: options.watchesPrivate ?? false,
      isListed: (address) => options.isListed?.(address) ?? false,
      silenced: (ban, last) => {
        options.silenced(ban, last?.source);
        if (last) this.#refuse(last, 'silenced', ban.reason);
      },
      abandoned: (last) => this.#refuse(last, 'challenge_unanswered', refusalCodes.challenge_unanswered.sentence),
    });
    this.#timer = this.#nextSweep();
  }

  /** Whether a message is to be dropped without a word. */
  drops(bytes: Buffer, source: Flow): boolean {
    if (!this.#guard.hasBans || !this.#guard.drops(source.remoteAddress, this.#nowMs())) return false;
    return !startsWith(bytes, RESPONSE_PREFIX);
  }

  /** Whether a request is a scanner's, which is silenced with it. */
  silencesScanner(request: SipRequest, source: Flow): boolean {
    const signature = scannerSignature(request);
    if (signature === undefined) return false;
    return this.#guard.scanned(source.remoteAddress, signature, told(request, source), this.#nowMs());
  }

  challenged(request: SipRequest, source: Flow): void {
    const nowMs = this.#nowMs();
    // Nothing is kept of whom we trust, which is who sends most.
    if (this.#guard.isExempt(source.remoteAddress, nowMs)) return;
    this.#guard.challenged(source.remoteAddress, told(request, source), nowMs);
  }

  /** A source on a trunk's list was challenged, since the dialled number is nobody's who lists it. */
  challengedListed(request: SipRequest, source: Flow): void {
    this.#ambiguous.set(kept(request.callId), { told: told(request, source), atMs: this.#nowMs() });
    const oldest = this.#ambiguous.keys().next();
    if (this.#ambiguous.size > MOST_AMBIGUOUS && !oldest.done) this.#ambiguous.delete(oldest.value);
  }

  /** Credentials came. */
  answered({ callId }: SipRequest, source: Flow): void {
    if (this.#ambiguous.size > 0) this.#ambiguous.delete(kept(callId));
    this.#guard.answered(source.remoteAddress);
  }

  failed(request: SipRequest, source: Flow): void {
    this.#guard.failed(source.remoteAddress, told(request, source), this.#nowMs());
  }

  accepted(source: Flow): void {
    this.#guard.trust(source.remoteAddress, this.#nowMs());
  }

  /** Whom we call or register with may answer, and call us, whatever was heard from its address before. */
  sent(bytes: Buffer, destination: Flow): void {
    // Most of what is sent are responses.
    if (bytes[0] === RESPONSE_PREFIX[0]) return;
    if (startsWith(bytes, INVITE_PREFIX) || startsWith(bytes, REGISTER_PREFIX)) {
      this.#guard.trust(destination.remoteAddress, this.#nowMs());
    }
  }

  bans(): Ban[] {
    return this.#guard.bans(this.#nowMs());
  }

  lift(source: string): boolean {
    return this.#guard.lift(source);
  }

  takeDropped(): number {
    return this.#guard.takeDropped();
  }

  close(): void {
    this.#timer.cancel();
  }

  #nextSweep(): RunningTimer {
    return this.#options.clock.start(SWEEP_MS, () => {
      this.#guard.sweep(this.#nowMs());
      this.#sweepAmbiguous();
      this.#timer = this.#nextSweep();
    });
  }

  #sweepAmbiguous(): void {
    const { challengeMs } = { ...defaultLimits, ...this.#options.limits };
    for (const [callId, { told: request, atMs }] of this.#ambiguous) {
      // Oldest first.
      if (atMs > this.#nowMs() - challengeMs) break;
      this.#ambiguous.delete(callId);
      this.#refuse(request, 'number_not_listed', refusalCodes.number_not_listed.sentence);
    }
  }

  #refuse({ source, method, callId, caller, called }: Told, code: RefusalCode, reason: string): void {
    this.#options.refused({
      atMs: this.#nowMs(),
      source,
      method,
      callId,
      status: refusalCodes[code].status,
      code,
      reason,
      ...(caller === undefined ? {} : { caller }),
      ...(called === undefined ? {} : { called }),
    });
  }

  #nowMs(): number {
    return this.#options.clock.nowMs();
  }
}

function told({ method, callId, from, uri }: SipRequest, source: Flow): Told {
  const caller = from.uri.user === undefined ? undefined : kept(from.uri.user);
  const called = uri.user === undefined ? undefined : kept(uri.user);
  return { source, method: kept(method), callId: kept(callId), caller, called };
}

/** A copy: a piece of a message would keep the whole of it in memory, and there are as many of these as sources. */
function kept(text: string): string {
  return Buffer.from(text.slice(0, LONGEST_KEPT_CHARACTERS)).toString();
}

function startsWith(bytes: Buffer, prefix: Buffer): boolean {
  return bytes.length >= prefix.length && bytes.compare(prefix, 0, prefix.length, 0, prefix.length) === 0;
}
