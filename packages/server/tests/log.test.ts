import { expect, test } from 'vitest';
import { createLog, errorEntry } from '../src/log.ts';

function captured(write: (log: ReturnType<typeof createLog>) => void): string[] {
  const lines: string[] = [];
  write(createLog('info', { write: (line: string) => void lines.push(line) }));
  return lines;
}

test('secrets never reach the log, at the depths objects have', () => {
  const [line = ''] = captured((log) =>
    log.info({
      password: 'hunter2',
      trunk: { auth_password: 'hunter2', authPassword: 'hunter2' },
      request: { headers: { authorization: 'Bearer hunter2', cookie: 'hunter2' } },
      config: { databaseUrl: 'postgres://u:hunter2@h/d', encryptionKey: 'hunter2', initApiKey: 'hunter2' },
      deep: { er: { still: { secret: 'hunter2' } } },
      harmless: 'shown',
    }),
  );
  expect(line).not.toContain('hunter2');
  expect(JSON.parse(line)).toMatchObject({ app: 'dialplane', password: '[redacted]', harmless: 'shown' });
});

test('the level holds back what is less severe', () => {
  expect(captured((log) => log.debug('quiet'))).toEqual([]);
});

test('what an error quotes stands under pii', () => {
  const cause = Object.assign(new Error('Key (phone_number)=(+12025550100) exists'), { code: '23505' });
  const error = new Error('Failed query: insert +12025550100', { cause });
  const { pii, ...open } = errorEntry(error);
  expect(JSON.stringify(open)).not.toContain('+12025550100');
  expect(JSON.stringify(pii)).toContain('+12025550100');
  expect(errorEntry('thrown text')).toEqual({ error: 'string', pii: { error: 'thrown text' } });
});
