import { describe, expect, it } from 'vitest';
import { incomingCallTable } from '../../src/endpoint/incoming-call-table.ts';
import { outgoingCallTable } from '../../src/endpoint/outgoing-call-table.ts';
import { offerAnswerTable } from '../../src/session/offer-answer-table.ts';
import { inviteClientTable, nonInviteClientTable } from '../../src/transaction/client-tables.ts';
import { inviteServerTable, nonInviteServerTable } from '../../src/transaction/server-tables.ts';
import { TableMachine } from '../../src/transition-table.ts';

type Table = Readonly<
  Record<string, Readonly<Record<string, { readonly next: string; readonly actions?: readonly string[] } | undefined>>>
>;

const clientEvents = 'provisional success failure transportError timerA timerB timerD timerM timerE timerF timerK';
const serverEvents = 'request ack provisional success failure transportError timerG timerH timerI timerJ timerL';

/** Each line: state, event, next state, actions. Every pair that is not listed must change nothing. */
const machines: readonly { name: string; table: Table; events: string; states: string; cells: string }[] = [
  {
    name: 'INVITE client transaction',
    table: inviteClientTable,
    events: clientEvents,
    states: 'calling proceeding completed accepted terminated',
    cells: `
      calling timerA calling send startA
      calling timerB terminated finish reportTimeout
      calling transportError terminated finish reportTransportError
      calling provisional proceeding stopTimers deliver
      calling success accepted stopTimers startM deliver
      calling failure completed stopTimers sendAck deliver startD
      proceeding provisional proceeding deliver
      proceeding success accepted startM deliver
      proceeding failure completed sendAck deliver startD
      proceeding transportError terminated finish reportTransportError
      completed failure completed sendAck
      completed timerD terminated finish
      completed transportError terminated finish
      accepted success accepted deliver
      accepted timerM terminated finish`,
  },
  {
    name: 'non-INVITE client transaction',
    table: nonInviteClientTable,
    events: clientEvents,
    states: 'trying proceeding completed terminated',
    cells: `
      trying timerE trying send startE
      trying timerF terminated finish reportTimeout
      trying transportError terminated finish reportTransportError
      trying provisional proceeding deliver
      trying success completed stopTimers deliver startK
      trying failure completed stopTimers deliver startK
      proceeding timerE proceeding send startE2
      proceeding timerF terminated finish reportTimeout
      proceeding transportError terminated finish reportTransportError
      proceeding provisional proceeding deliver
      proceeding success completed stopTimers deliver startK
      proceeding failure completed stopTimers deliver startK
      completed timerK terminated finish`,
  },
  {
    name: 'INVITE server transaction',
    table: inviteServerTable,
    events: serverEvents,
    states: 'proceeding completed confirmed accepted terminated',
    cells: `
      proceeding request proceeding replay
      proceeding provisional proceeding respond
      proceeding success accepted startL respond
      proceeding failure completed startG startH respond
      completed request completed replay
      completed timerG completed replay startG
      completed timerH terminated finish
      completed ack confirmed stopTimers startI
      confirmed timerI terminated finish
      accepted success accepted respond
      accepted ack accepted deliverAck
      accepted timerL terminated finish`,
  },
  {
    name: 'non-INVITE server transaction',
    table: nonInviteServerTable,
    events: serverEvents,
    states: 'trying proceeding completed terminated',
    cells: `
      trying provisional proceeding respond
      trying success completed respond startJ
      trying failure completed respond startJ
      proceeding request proceeding replay
      proceeding provisional proceeding respond
      proceeding success completed respond startJ
      proceeding failure completed respond startJ
      proceeding transportError terminated finish
      completed request completed replay
      completed timerJ terminated finish
      completed transportError terminated finish`,
  },
  {
    name: 'incoming call',
    table: incomingCallTable,
    events:
      'ring progress answer answerLater pracked unpracked refuse hangup fault cancel acknowledged unacknowledged expired bye byeDone nobodyAnswered abandoned',
    states: 'proceeding answering answered leaving established ending ended',
    cells: `
      proceeding ring proceeding sendRinging
      proceeding progress proceeding sendProgress
      proceeding answer answered sendSuccess
      proceeding answerLater answering
      proceeding unpracked ended noteTimeout sendUnpracked finish
      answering pracked answered sendSuccess
      answering refuse ended sendRefusal finish
      answering hangup ended sendUnavailable finish
      answering fault ended sendFault finish
      answering cancel ended sendTerminated reportCancelled
      answering bye ended sendTerminated noteRemote finish
      answering unpracked ended noteTimeout sendUnpracked finish
      answering nobodyAnswered ended noteTimeout sendUnavailable finish
      answering abandoned ended noteTimeout finish
      established expired ending noteExpired sendBye
      proceeding refuse ended sendRefusal finish
      proceeding hangup ended sendUnavailable finish
      proceeding fault ended sendFault finish
      proceeding cancel ended sendTerminated reportCancelled
      proceeding bye ended sendTerminated noteRemote finish
      proceeding nobodyAnswered ended noteTimeout sendUnavailable finish
      answered acknowledged established reportAcknowledged
      answered unacknowledged ending noteTimeout sendBye
      answered hangup leaving
      answered fault leaving
      answered bye ended noteRemote finish
      leaving acknowledged ending sendBye
      leaving unacknowledged ending sendBye
      leaving bye ended noteRemote finish
      established unacknowledged ending noteTimeout sendBye
      established hangup ending sendBye
      established fault ending sendBye
      established bye ended noteRemote finish
      ending byeDone ended finish
      proceeding abandoned ended noteTimeout finish
      answered abandoned ended noteTimeout finish
      leaving abandoned ended noteTimeout finish
      established abandoned ended noteTimeout finish
      ending abandoned ended noteTimeout finish`,
  },
  {
    name: 'outgoing call',
    table: outgoingCallTable,
    events:
      'ready provisional success failure hangup cancelUnanswered unacknowledged expired bye byeDone challenged rerouted abandoned',
    states: 'preparing calling proceeding withdrawing cancelling established ending ended',
    cells: `
      preparing ready calling sendInvite
      preparing failure ended reportRefused
      preparing hangup ended finish
      calling provisional proceeding reportProvisional
      calling success established establish sendAck reportAnswered
      calling failure ended reportRefused
      calling hangup withdrawing
      proceeding provisional proceeding reportProvisional
      proceeding success established establish sendAck reportAnswered
      proceeding failure ended reportRefused
      proceeding hangup cancelling sendCancel
      withdrawing provisional cancelling sendCancel
      withdrawing success ending establish sendAck sendBye
      withdrawing failure ended finish
      cancelling success ending establish sendAck sendBye
      cancelling failure ended finish
      cancelling cancelUnanswered ended forgetInvite finish
      proceeding bye cancelling noteRemote sendCancel
      established expired ending noteExpired sendBye
      established success established sendAck
      established hangup ending sendBye
      established unacknowledged ending noteTimeout sendBye
      established bye ended noteRemote finish
      ending success ending sendAck
      ending byeDone ended finish
      calling challenged calling sendInvite
      proceeding challenged calling sendInvite
      calling rerouted preparing findPath
      proceeding rerouted preparing findPath
      preparing abandoned ended noteTimeout finish
      calling abandoned ended noteTimeout finish
      proceeding abandoned ended noteTimeout finish
      withdrawing abandoned ended noteTimeout finish
      cancelling abandoned ended noteTimeout finish
      established abandoned ended noteTimeout finish
      ending abandoned ended noteTimeout finish`,
  },
  {
    name: 'offer and answer (RFC 3264, RFC 6141)',
    table: offerAnswerTable,
    events: 'offerSent offerReceived answerSent answerReceived rejected',
    states: 'none offered received agreed reoffered rereceived',
    cells: `
      none offerSent offered
      none offerReceived received
      offered answerReceived agreed commit
      offered rejected none discard
      received answerSent agreed commit
      received rejected none discard
      agreed offerSent reoffered
      agreed offerReceived rereceived
      reoffered answerReceived agreed commit
      reoffered rejected agreed discard
      rereceived answerSent agreed commit
      rereceived rejected agreed discard`,
  },
];

describe.each(machines)('$name', ({ table, events, states, cells }) => {
  const expected = new Map(
    cells
      .trim()
      .split('\n')
      .map((line) => line.trim().split(' '))
      .map(([state, event, next, ...actions]) => [`${state} ${event}`, { next, actions }]),
  );

  it('has these states and no others', () => {
    expect(Object.keys(table)).toEqual(states.split(' '));
    for (const row of Object.values(table))
      for (const event of Object.keys(row)) expect(events.split(' ')).toContain(event);
  });

  it.each(states.split(' ').flatMap((state) => events.split(' ').map((event) => [state, event] as const)))(
    '%s, %s',
    (state, event) => {
      const performed: string[] = [];
      const record = new Proxy<Record<string, () => void>>(
        {},
        { get: (_, action) => () => performed.push(String(action)) },
      );
      const machine = new TableMachine<string, string, string>(table as never, state, record);
      machine.fire(event);
      const cell = expected.get(`${state} ${event}`);
      expect(machine.state).toBe(cell?.next ?? state);
      expect(performed).toEqual(cell?.actions ?? []);
    },
  );
});
