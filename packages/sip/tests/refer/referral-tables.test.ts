import { receivedReferralTable, sentReferralTable } from '../../src/refer/referral-tables.ts';
import { describeMachine } from '../support/machine-cells.ts';

describeMachine({
  name: 'a REFER of ours (RFC 3515, RFC 4488)',
  table: sentReferralTable,
  states: 'referring parted subscribed told over',
  events: 'accepted acceptedSilently refused unanswered progress finished concluded terminated expired dialogOver',
  cells: `
    referring accepted subscribed startExpiry
    referring acceptedSilently over reportUntold finish
    referring refused over reportRefused finish
    referring unanswered over reportUntold finish
    referring progress referring reportProgress
    referring finished told startExpiry reportFinished
    referring concluded over reportFinished finish
    referring terminated over reportUntold finish
    referring dialogOver parted
    parted accepted subscribed startPatience
    parted acceptedSilently over reportUntold finish
    parted refused over reportRefused finish
    parted unanswered over reportUntold finish
    parted progress parted reportProgress
    parted finished told startPatience reportFinished
    parted concluded over reportFinished finish
    parted terminated over reportUntold finish
    subscribed progress subscribed startExpiry reportProgress
    subscribed finished told reportFinished
    subscribed concluded over reportFinished finish
    subscribed terminated over reportUntold finish
    subscribed expired over reportUntold finish
    subscribed dialogOver subscribed startPatience
    told refused over finish
    told concluded over finish
    told terminated over finish
    told expired over finish
    told dialogOver told startPatience`,
});

describeMachine({
  name: 'a REFER of the peer',
  table: receivedReferralTable,
  states: 'undecided active over',
  events: 'accept acceptSilently refuse progress finished unsubscribed notifyFailed expired',
  cells: `
    undecided accept active sendAccepted startExpiry notifyProgress
    undecided acceptSilently over sendAccepted finish
    undecided refuse over sendRefusal finish
    undecided expired over sendRefusal finish
    active progress active notifyProgress
    active finished over notifyFinal finish
    active unsubscribed over notifyTimeout finish
    active notifyFailed over finish
    active expired over notifyTimeout finish`,
});
