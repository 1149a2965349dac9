/** Recordings written on this thread, driven by a virtual clock, in a folder of their own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { CallRecording, type RecordingEvent } from '../../src/recording/call-recording.ts';
import type { RecordingPlan } from '../../src/recording/plan.ts';
import type { RecorderReport } from '../../src/recording/protocol.ts';
import { RecorderPort, type RecordingListener } from '../../src/recording/recorder-port.ts';
import { RecordingDesk } from '../../src/recording/recording-desk.ts';

const ticksPerSecond = 50;

/** Knows which blocks are written. */
class CountingPort extends RecorderPort {
  written = 0;

  override begin(plan: RecordingPlan, listener: RecordingListener): void {
    super.begin(plan, {
      written: () => {
        this.written += 1;
        listener.written();
      },
      failed: (fault) => listener.failed(fault),
    });
  }
}

export interface TestRecording {
  readonly recording: CallRecording;
  readonly plan: RecordingPlan;
  readonly events: RecordingEvent[];
  readonly reports: RecorderReport[];
  /** Lets this much time go by; the sounds are asked for each tick, by its number. */
  pass(seconds: number, heard?: (tick: number) => Int16Array, sent?: (tick: number) => Int16Array): Promise<void>;
  /** Stops and waits until the file is whole. */
  finish(): Promise<void>;
}

export function openDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'dialplane-recording-'));
  const ports: MessageChannel[] = [];
  let serial = 0;

  return {
    folder,
    record(plan: Partial<RecordingPlan> = {}): TestRecording {
      const channel = new MessageChannel();
      ports.push(channel);
      const reports: RecorderReport[] = [];
      const events: RecordingEvent[] = [];
      const desk = new RecordingDesk(
        channel.port1,
        (report) => reports.push(report),
        () => ++serial,
      );
      const port = new CountingPort(channel.port2);
      const whole: RecordingPlan = {
        id: 'call-1',
        format: 'wav',
        path: join(folder, 'call-1.sound'),
        peaksPath: join(folder, 'call-1.peaks'),
        seal: undefined,
        ...plan,
      };
      const recording = new CallRecording(whole, port, (event) => events.push(event));
      let tick = 0;
      return {
        recording,
        plan: whole,
        events,
        reports,
        async pass(seconds, heard, sent) {
          const until = tick + seconds * ticksPerSecond;
          for (; tick < until; tick++) {
            recording.tick(0);
            if (heard) recording.heard(heard(tick), 160);
            if (sent) recording.sent(sent(tick), 160);
            const blocks = Math.floor(tick / ticksPerSecond);
            const isOver = () => events.some(({ kind }) => kind === 'recording_stopped');
            while (tick % ticksPerSecond === 0 && port.written < blocks && !isOver()) {
              await new Promise((resolve) => setImmediate(resolve));
            }
          }
        },
        async finish() {
          recording.stop();
          channel.port2.close();
          await desk.closed;
        },
      };
    },
    close() {
      for (const { port1 } of ports) port1.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
