/** The pages under docs/sip say what the presets and the code say. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { inboundTrunkFields } from '../../src/api/inbound-trunk.ts';
import { newOutboundTrunk } from '../../src/api/outbound-trunk.ts';
import { presets } from '../../src/sip/presets/presets.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = `${root}docs/sip/`;
const page = (name: string) => readFileSync(`${folder}${name}.md`, 'utf8');
const pages = readdirSync(folder).map((file) => file.replace(/\.md$/, ''));

test.each(presets)('the page of $name has every fact of its preset', (preset) => {
  const text = page(preset.name);
  expect(text).toContain(`# ${preset.displayName}\n`);
  const facts = [
    preset.hostPattern,
    ...Object.entries(preset.ports).map(([transport, port]) => `${transport.toUpperCase()} ${port}`),
    ...preset.codecs,
    ...preset.digestAlgorithms,
    ...preset.headers.flatMap(({ name, use }) => [name, use]),
    ...preset.signallingAddresses,
    ...preset.media.addresses,
    ...preset.quirks,
    ...preset.sources.flatMap(({ url, readOn }) => [url, readOn]),
    `| new calls a second | ${preset.limits.callsPerSecond ?? 'no limit documented'} |`,
    `| transfer | \`${preset.transferMode}\` |`,
  ];
  expect(facts.filter((fact) => !text.includes(fact))).toEqual([]);
});

test.each(presets)('the requests on the page of $name are accepted', ({ name }) => {
  const bodies = [...page(name).matchAll(/-X (POST|PATCH) \$API(\S+)[^']*-d '([^']*)'/g)];
  expect(bodies.map(([, method]) => method)).toContain('POST');
  for (const [, method, , body = ''] of bodies) {
    const schema = method === 'POST' ? newOutboundTrunk : inboundTrunkFields;
    expect(schema.safeParse(JSON.parse(body)).error).toBeUndefined();
  }
});

test('every RFC names code and tests that exist', () => {
  const rows = page('rfcs')
    .split('\n')
    .filter((line) => /^\| \d/.test(line));
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) {
    const [, rfc, , code = '', tests = ''] = row.split('|');
    const named = [...`${code}${tests}`.matchAll(/`([^`]+)`/g)].map(([, path]) => path ?? '');
    expect({ rfc, missing: named.filter((path) => !existsSync(`${root}${path}`)) }).toEqual({ rfc, missing: [] });
    expect({ rfc, isTested: tests.includes('.test.ts`') }).toEqual({ rfc, isTested: true });
  }
});

test('what is named beyond the RFCs exists', () => {
  const named = [...(page('rfcs').split('## Beyond')[1] ?? '').matchAll(/`((?:packages|tests)\/[^`]+)`/g)].map(
    ([, path]) => path ?? '',
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
});

test.each(pages)('the links of %s lead somewhere', (name) => {
  const links = [...page(name).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link]) => link ?? '');
  const own = links.filter((link) => !link.startsWith('http'));
  expect(own.filter((link) => !existsSync(`${folder}${link}`))).toEqual([]);
});

test('every page is linked from the index', () => {
  const index = page('index');
  expect(pages.filter((name) => name !== 'index' && !index.includes(`(${name}.md)`))).toEqual([]);
});
