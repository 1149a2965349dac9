import { establishedCallTable } from '../../src/endpoint/established-call-table.ts';
import { describeMachine } from '../support/machine-cells.ts';

describeMachine({
  name: 'a call of another process',
  table: establishedCallTable,
  states: 'established ending ended',
  events: 'hangup unacknowledged expired bye byeDone abandoned',
  cells: `
    established hangup ending sendBye
    established unacknowledged ending noteTimeout sendBye
    established expired ending noteExpired sendBye
    established bye ended noteRemote finish
    established abandoned ended noteTimeout finish
    ending byeDone ended finish
    ending abandoned ended noteTimeout finish`,
});
