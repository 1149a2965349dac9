import type { IncomingCall, SessionDescription } from '@dialplane/sip';
import type { CallDirectory, CallTrunk } from './directory.ts';
import { type EndingReason, endings } from './endings.ts';
import type { RouteStep } from './events.ts';
import { offersEncryption } from './media-encryption.ts';
import { type CallParties, possiblyDialled } from './parties.ts';
import { refusedCall } from './refused-call.ts';
import { routeInvite } from './route-invite.ts';
import type { RoutableAgent } from './routing.ts';
import type { TrunkGate } from './trunk-limits.ts';
import { TurnedAway } from './turned-away.ts';

export interface ReceptionContext {
  readonly directory: CallDirectory;
  readonly gate: TrunkGate;
  /** Prefix of our own SIP headers, such as `X-OPENCX`. */
  readonly headerPrefix: string;
}

/** Who is calling, for whom, and who is to answer. */
export interface Received {
  readonly trunk: CallTrunk;
  readonly parties: CallParties;
  readonly steps: readonly RouteStep[];
  /** @throws {TurnedAway} when the call is not to be answered by anybody. */
  answerer(): { readonly agent: RoutableAgent; readonly offer: SessionDescription | undefined };
}

/** What is found out about a call before it has a record; also tells the list of refusals about it. */
export class Reception {
  readonly #sip: IncomingCall;
  readonly #context: ReceptionContext;
  #received: Received | undefined;
  #steps: readonly RouteStep[] = [];
  /** Whether the call holds one of its trunk's places. */
  #isInGate = false;

  constructor(sip: IncomingCall, context: ReceptionContext) {
    this.#sip = sip;
    this.#context = context;
  }

  /** @throws {TurnedAway} when the trunk was deleted since the call was authenticated. */
  async receive(): Promise<Received> {
    const { directory, headerPrefix } = this.#context;
    const { owner, request } = this.#sip;
    const trunk = await directory.findTrunk(owner, (country) => possiblyDialled(request, country));
    if (!trunk) throw new TurnedAway('authentication_failed');
    const { parties, route } = routeInvite(this.#sip.request, trunk, headerPrefix);
    this.#steps = route.steps;
    this.#received = {
      trunk,
      parties,
      steps: route.steps,
      answerer: () => {
        this.#enter(trunk);
        // Without an offer of the caller's, ours goes out with the 200 (RFC 3264 5).
        const { offer } = this.#sip;
        const isPlain = offer && !offersEncryption(offer);
        if (trunk.mediaEncryption === 'require' && isPlain) throw new TurnedAway('encryption_required');
        if (route.agent) return { agent: route.agent, offer };
        throw new TurnedAway(route.failure, route.failure === 'no_agent' ? trunk.noAgentStatus : undefined);
      },
    };
    return this.#received;
  }

  get trunk(): CallTrunk | undefined {
    return this.#received?.trunk;
  }

  /** @param sentence the cause; absent, the ending's own. */
  noteRefusal(reason: EndingReason, status: number, sentence: string = endings[reason].sentence): void {
    const { trunk, parties } = this.#received ?? {};
    this.#context.directory.noteRefusal(
      refusedCall({ sip: this.#sip, trunk, parties, steps: this.#steps, status, code: reason, sentence }),
    );
  }

  /** Gives the call's place on its trunk to the next one. Idempotent. */
  leave(): void {
    if (this.#isInGate && this.#received) this.#context.gate.leave(this.#received.trunk.id);
    this.#isInGate = false;
  }

  #enter(trunk: CallTrunk): void {
    const { refused } = this.#context.gate.enter(trunk.id, trunk, this.#sip.receivedAtMs);
    this.#isInGate = refused === undefined;
    if (refused === undefined) return;
    this.#steps = [{ rule: 'trunk_limit', outcome: 'failed', why: refused }];
    // 486 keeps the carrier from trying elsewhere, 503 makes it; a trunk that wants the one gets it here as well.
    const status = trunk.noAgentStatus === 486 ? 486 : endings.over_capacity.sipCode;
    throw new TurnedAway('over_capacity', status, refused);
  }
}
