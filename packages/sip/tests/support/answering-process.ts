/** A process with one endpoint, driven by messages, so that a test can kill it in mid-call and start its successor. */
import type { CallSnapshot } from '../../src/index.ts';
import { audioOffer, createSipEndpoint, negotiateAudio } from '../../src/index.ts';

export type Order =
  | { readonly kind: 'answer' }
  | { readonly kind: 'call'; readonly target: string }
  | { readonly kind: 'restore'; readonly port: number; readonly snapshot: CallSnapshot }
  | { readonly kind: 'change'; readonly sdp: string }
  | { readonly kind: 'hangup' };

export type Report =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'established'; readonly snapshot: CallSnapshot }
  | { readonly kind: 'restored' }
  | { readonly kind: 'changed'; readonly outcome: string }
  | { readonly kind: 'ended'; readonly by: string; readonly status: number | undefined };

const local = { address: '127.0.0.1', port: 42_000, codecs: ['PCMU'], sessionId: 7 } as const;

function report(message: Report): void {
  process.send?.(message);
}

let hangup: () => Promise<void> = async () => {};
let change: (sdp: string) => Promise<{ readonly kind: string }> = async () => ({ kind: 'no call' });

async function open(port: number) {
  return await createSipEndpoint({
    host: '127.0.0.1',
    port,
    userAgent: 'test',
    sourcePolicy: { isListed: () => true, identify: () => ({ kind: 'known', owner: 'account', style: 'ip' }) },
    onInvite: (call) => {
      call.handle({ acknowledged: () => report({ kind: 'established', snapshot: call.snapshot() }) });
      const agreed = call.offer && negotiateAudio(call.offer, local);
      if (agreed) call.answer(agreed.answer);
    },
  });
}

async function obey(order: Order): Promise<void> {
  if (order.kind === 'hangup') {
    await hangup();
  } else if (order.kind === 'change') {
    const { kind } = await change(order.sdp);
    report({ kind: 'changed', outcome: kind });
  } else if (order.kind === 'restore') {
    const endpoint = await open(order.port);
    const call = endpoint.restore(order.snapshot, {
      handlers: {
        offered: (offer) => negotiateAudio(offer, local)?.answer,
        ended: ({ by, status }) => report({ kind: 'ended', by, status }),
      },
    });
    hangup = () => call.hangup({ q850Cause: 16, text: 'done' });
    change = (sdp) => call.change(sdp);
    report({ kind: 'restored' });
  } else {
    const endpoint = await open(0);
    report({ kind: 'listening', port: endpoint.port });
    if (order.kind === 'answer') return;
    const call = endpoint.call({
      target: order.target,
      from: 'sip:us@127.0.0.1',
      sdp: audioOffer(local),
      handlers: {
        answered: () => {
          const snapshot = call.snapshot();
          if (snapshot) report({ kind: 'established', snapshot });
        },
      },
    });
  }
}

process.on('message', (order: Order) => void obey(order));
