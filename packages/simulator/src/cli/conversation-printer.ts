import type { CallerEvent } from '../call-options.ts';
import type { CallReport } from '../call-report.ts';

/** Lines of the conversation as people read it, while it goes on. */
export function eventLine(event: CallerEvent): string | undefined {
  switch (event.type) {
    case 'ringing':
      return `Ringing after ${milliseconds(event.afterMs)}.`;
    case 'answered':
      return `Answered after ${milliseconds(event.afterMs)}.\n`;
    case 'greeted':
      return event.speechMs === 0 ? 'Agent: (no greeting)' : `Agent: ${agentWords(event.text, event.speechMs)}`;
    case 'saying':
      return `You:   ${{ say: event.said, wav: `(${event.said})`, digits: `(keys ${event.said})` }[event.kind]}`;
    case 'turn_over': {
      const { replied, agentText, agentSpeechMs, latencyMs } = event.turn;
      if (!replied) return 'Agent: (no reply)';
      const latency = latencyMs === null ? '' : `   [${milliseconds(latencyMs)}]`;
      return `Agent: ${agentWords(agentText, agentSpeechMs)}${latency}`;
    }
  }
}

/** What is said when the call is over. */
export function reportLines(report: CallReport): string[] {
  const { ending, latency, turns, setup, packets } = report;
  const lines = ['', ending.sentence];
  if (report.outcome === 'not_answered') return lines;
  const replies = turns.filter(({ replied }) => replied).length;
  lines.push(`${replies} of ${report.lines} lines got a reply${latencyText(latency)}.`);
  if (setup.answerToFirstSpeechMs !== null)
    lines.push(`First word ${milliseconds(setup.answerToFirstSpeechMs)} after the answer.`);
  lines.push(
    `Packets: ${packets.sent} sent, ${packets.received} received, ${packets.lost} lost, jitter ${packets.jitterMs} ms.`,
  );
  return lines;
}

function latencyText(latency: CallReport['latency']): string {
  if (latency === null) return '';
  return `; ear to ear p50 ${milliseconds(latency.p50Ms)}, p95 ${milliseconds(latency.p95Ms)}`;
}

function agentWords(text: string | null, speechMs: number): string {
  return text ?? `(agent spoke ${(speechMs / 1000).toFixed(1)} s)`;
}

function milliseconds(value: number): string {
  return `${Math.round(value)} ms`;
}
