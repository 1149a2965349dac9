import { randomInt } from 'node:crypto';
import { type LocalAudio, parseNameAddr, type SipRequest } from '@dialplane/sip';
import { agreeOn } from './carrier-agreement.ts';
import type { CarrierBehaviour, RuleAnswer } from './carrier-behaviour.ts';
import { CarrierDialog } from './carrier-dialog.ts';
import { digestChallenge } from './carrier-digest.ts';
import { type CarrierVerdict, type Judgement, judgeInvite, judgePassword } from './carrier-judgement.ts';
import { openCarrierMedia } from './carrier-media.ts';
import { newTag, responseText } from './carrier-message.ts';
import type { CarrierRequests } from './carrier-requests.ts';
import type { CarrierAccount } from './carrier-rules.ts';
import type { CarrierLine } from './carrier-wire.ts';

/** What becomes of a call that breaks no rule. */
export type CarrierReaction = 'answer' | 'ring' | { readonly status: number; readonly reason: string };

export interface CarrierSwitchOptions {
  readonly behaviour: CarrierBehaviour;
  readonly account: CarrierAccount;
  readonly domain: string;
  readonly host: string;
  readonly reaction: CarrierReaction;
  judged(verdict: CarrierVerdict): void;
  readonly requests: CarrierRequests;
  /** Its Contact and Record-Route headers towards a peer. */
  place(line: CarrierLine): CarrierPlace;
  /** SDP address of its media. */
  readonly mediaAddress: string;
}

/** Where the carrier says it is. */
export interface CarrierPlace {
  readonly contact: string;
  /** Values of Record-Route, the one nearest to the callee first. */
  readonly recordRoutes: readonly string[];
}

/** A registration the carrier keeps. */
export interface CarrierBinding {
  readonly contact: string;
  readonly line: CarrierLine;
  readonly untilMs: number;
}

/** Requests that come to the carrier. */
export class CarrierSwitch {
  readonly verdicts: CarrierVerdict[] = [];
  readonly calls: CarrierDialog[] = [];
  readonly dialogs = new Map<string, CarrierDialog>();
  readonly #options: CarrierSwitchOptions;
  /** Last response by transaction, for requests that come twice. */
  readonly #answered = new Map<string, string>();
  readonly #waiting = new Map<string, { request: SipRequest; line: CarrierLine; toTag: string }>();
  readonly #callTimesMs: number[] = [];
  #binding: CarrierBinding | undefined;

  constructor(options: CarrierSwitchOptions) {
    this.#options = options;
  }

  /** The customer's registration, while it lasts. */
  get binding(): CarrierBinding | undefined {
    return this.#binding && this.#binding.untilMs > performance.now() ? this.#binding : undefined;
  }

  receive(request: SipRequest, line: CarrierLine): void {
    const transaction = `${request.via.parameters.get('branch')} ${request.method}`;
    const earlier = this.#answered.get(transaction);
    if (earlier !== undefined) {
      if (earlier !== '') line.send(earlier);
      return;
    }
    const dialog = this.dialogs.get(request.callId);
    if (request.method === 'ACK') this.#acknowledge(request, dialog);
    else if (request.method === 'CANCEL') this.#cancel(request, line);
    else if (dialog) this.#receiveInDialog(request, line, dialog);
    else if (!this.#options.behaviour.methods.includes(request.method)) {
      this.#answer(request, line, { disliked: 'method', answer: { status: 405, reason: 'Method Not Allowed' } });
    } else if (request.method === 'INVITE') void this.#invite(request, line);
    else if (request.method === 'REGISTER') this.#register(request, line);
    else this.#answer(request, line, { disliked: null, answer: { status: 200, reason: 'OK' } });
  }

  async #invite(request: SipRequest, line: CarrierLine): Promise<void> {
    const { behaviour, account, domain, reaction } = this.#options;
    // A repeated INVITE finds this until there is an answer.
    this.#remember(request, '');
    const nowMs = performance.now();
    const recent = this.#callTimesMs.filter((timeMs) => timeMs > nowMs - 1000).length;
    const { callsPerSecond } = behaviour;
    const judgement = judgeInvite(
      {
        request,
        transport: line.transport,
        source: line.remoteAddress,
        domain,
        account,
        isRegistered: this.binding !== undefined,
        callsInLastSecond: recent + 1,
        callsPerSecond,
      },
      behaviour,
    );
    if (judgement.answer) {
      this.#answer(request, line, judgement);
      return;
    }
    this.#callTimesMs.push(nowMs);
    const toTag = newTag();
    this.#respond(request, line, 100, 'Trying', toTag);
    if (typeof reaction === 'object') {
      this.#answer(request, line, { disliked: null, answer: reaction });
      return;
    }
    this.#waiting.set(request.callId, { request, line, toTag });
    this.#respond(request, line, 180, 'Ringing', toTag, this.#placeHeaders(line));
    if (reaction === 'answer') await this.#take(request, line, toTag);
  }

  async #take(request: SipRequest, line: CarrierLine, toTag: string): Promise<void> {
    const { host, mediaAddress, requests, behaviour } = this.#options;
    const media = await openCarrierMedia(host);
    const localAudio: LocalAudio = {
      address: mediaAddress,
      port: media.port,
      codecs: ['PCMU', 'PCMA'],
      sessionId: randomInt(1, 2 ** 31),
    };
    const agreed = agreeOn(request.body, localAudio);
    const isStillWanted = this.#waiting.delete(request.callId);
    if (!agreed || !isStillWanted) {
      await media.close();
      if (isStillWanted)
        this.#answer(request, line, { disliked: 'g711', answer: { status: 488, reason: 'Not Acceptable Here' } });
      return;
    }
    media.connect(agreed);
    const place = this.#options.place(line);
    const dialog = new CarrierDialog(
      {
        callId: request.callId,
        line,
        local: `${request.headers.get('To')};tag=${toTag}`,
        remote: request.headers.get('From') ?? '',
        remoteTarget: parseNameAddr(request.headers.get('Contact') ?? '').uri.text,
        sequence: 0,
        expectedRoutes: place.recordRoutes.toReversed(),
        contact: place.contact,
        media,
        localAudio,
        audio: agreed,
      },
      requests,
    );
    this.dialogs.set(request.callId, dialog);
    this.calls.push(dialog);
    this.#note(request, { status: 200, reason: 'OK' }, null);
    const headers = [...this.#placeHeaders(line), ...timerHeaders(request, behaviour)];
    this.#respond(request, line, 200, 'OK', toTag, headers, agreed.answer);
  }

  #register(request: SipRequest, line: CarrierLine): void {
    const { behaviour, account, domain } = this.#options;
    const judgement = judgePassword({ request, account, source: line.remoteAddress, domain }, behaviour);
    if (judgement?.answer) {
      this.#answer(request, line, judgement, 401);
      return;
    }
    const contact = request.headers.get('Contact');
    const asked = /;\s*expires=(\d+)/i.exec(contact ?? '')?.[1] ?? request.headers.get('Expires');
    const seconds = Math.min(Number(asked ?? behaviour.registrationSeconds), behaviour.registrationSeconds);
    if (contact === undefined || seconds === 0) this.#binding = undefined;
    else {
      const uri = parseNameAddr(contact).uri.text;
      this.#binding = { contact: uri, line, untilMs: performance.now() + seconds * 1000 };
    }
    const headers = this.#binding ? [`Contact: <${this.#binding.contact}>;expires=${seconds}`] : [];
    this.#note(request, { status: 200, reason: 'OK' }, null);
    this.#respond(request, line, 200, 'OK', newTag(), headers);
  }

  #receiveInDialog(request: SipRequest, line: CarrierLine, dialog: CarrierDialog): void {
    if (dialog.strays(request)) {
      // As kamailio.cfg answers in route WITHINDLG.
      this.#answer(request, line, { disliked: 'route', answer: { status: 404, reason: 'Not here' } });
      return;
    }
    const { behaviour } = this.#options;
    if (!behaviour.methods.includes(request.method)) {
      this.#answer(request, line, { disliked: 'method', answer: { status: 405, reason: 'Method Not Allowed' } });
      return;
    }
    if (request.method === 'INVITE' || (request.method === 'UPDATE' && request.body.length > 0)) {
      this.#change(request, line, dialog);
      return;
    }
    this.#answer(request, line, { disliked: null, answer: { status: 200, reason: 'OK' } });
    if (request.method !== 'BYE') return;
    this.dialogs.delete(request.callId);
    void dialog.end('peer', request.headers.get('Reason'));
  }

  #change(request: SipRequest, line: CarrierLine, dialog: CarrierDialog): void {
    const answer = dialog.answerTo(request.body);
    const [status, reason] = answer === undefined ? ([488, 'Not Acceptable Here'] as const) : ([200, 'OK'] as const);
    const headers = [
      `Contact: <${this.#options.place(line).contact}>`,
      ...timerHeaders(request, this.#options.behaviour),
    ];
    this.#note(request, { status, reason }, answer === undefined ? 'g711' : null);
    this.#respond(request, line, status, reason, newTag(), headers, answer);
  }

  #acknowledge(request: SipRequest, dialog: CarrierDialog | undefined): void {
    if (!dialog) return;
    if (dialog.strays(request)) this.#note(request, { status: 0, reason: '' }, 'route');
    else dialog.acknowledge();
  }

  #cancel(request: SipRequest, line: CarrierLine): void {
    const waiting = this.#waiting.get(request.callId);
    this.#waiting.delete(request.callId);
    this.#respond(request, line, waiting ? 200 : 481, waiting ? 'OK' : 'Call Does Not Exist', newTag());
    if (!waiting) return;
    this.#note(waiting.request, { status: 487, reason: 'Request Terminated' }, null);
    this.#respond(waiting.request, waiting.line, 487, 'Request Terminated', waiting.toTag);
  }

  #answer(request: SipRequest, line: CarrierLine, { answer, disliked }: Judgement, challengeStatus?: 401 | 407): void {
    if (answer === undefined || answer === 'silence') {
      this.#remember(request, '');
      this.#note(request, { status: 0, reason: '' }, disliked);
      return;
    }
    const { challenge } = this.#options.behaviour;
    const response = answer === 'challenge' ? challengeAnswer(challengeStatus ?? challenge.status) : answer;
    const headers = answer === 'challenge' ? this.#challenges(response.status) : [];
    this.#note(request, response, disliked);
    this.#respond(request, line, response.status, response.reason, newTag(), headers);
  }

  #challenges(status: number): string[] {
    const { behaviour, domain } = this.#options;
    const { realm = domain, algorithms } = behaviour.challenge;
    const name = status === 407 ? 'Proxy-Authenticate' : 'WWW-Authenticate';
    return algorithms.map((algorithm) => `${name}: ${digestChallenge(realm, algorithm)}`);
  }

  #placeHeaders(line: CarrierLine): string[] {
    const { contact, recordRoutes } = this.#options.place(line);
    return [...recordRoutes.map((route) => `Record-Route: ${route}`), `Contact: <${contact}>`];
  }

  #respond(
    request: SipRequest,
    line: CarrierLine,
    status: number,
    reason: string,
    toTag: string,
    headers: readonly string[] = [],
    body?: string,
  ): void {
    const text = responseText(request, line, {
      status,
      reason,
      toTag,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    this.#remember(request, text);
    line.send(text);
  }

  #remember(request: SipRequest, response: string): void {
    this.#answered.set(`${request.via.parameters.get('branch')} ${request.method}`, response);
  }

  #note(
    request: SipRequest,
    { status, reason }: Exclude<RuleAnswer, string>,
    disliked: CarrierVerdict['disliked'],
  ): void {
    const verdict: CarrierVerdict = {
      method: request.method,
      callId: request.callId,
      status,
      reason,
      disliked,
      request,
    };
    this.verdicts.push(verdict);
    this.#options.judged(verdict);
  }
}

function challengeAnswer(status: 401 | 407): { status: number; reason: string } {
  return { status, reason: status === 407 ? 'Proxy Authentication Required' : 'Unauthorized' };
}

/** Who is called refreshes, when the caller knows timers at all (RFC 4028 9). */
function timerHeaders(request: SipRequest, { sessionTimers }: CarrierBehaviour): string[] {
  if (!sessionTimers || !request.headers.list('Supported').includes('timer')) return [];
  return ['Require: timer', `Session-Expires: ${sessionTimers.expiresSeconds};refresher=uas`];
}
