import { readFileSync } from 'node:fs';

const folder = new URL('scenarios/', import.meta.url);

const LINE = /^.*\n?/gm;
const INCLUDE = /[ \t]*<include part="([\w-]+)"((?:\s+[\w-]+="[^"]*")*)\s*\/>/g;
const ATTRIBUTE = /([\w-]+)="([^"]*)"/g;
const VARIABLE = /assign_to="(\w+)"/g;
const PLACE = /\{\{(\w+)(?:\|([^}]*))?\}\}/g;

/**
 * The XML of a scenario for sipp, which cannot include files: `<include part="ack" cseq="2"/>` stands for the file
 * `parts/ack.xml`, and `{{cseq}}` in it, and in what it includes, for the attribute, or for a value given here; `{{cseq|1}}` has a default. A line in
 * which nothing but an empty value stands goes, since an empty line ends the headers of a message.
 */
export function scenarioText(name: string, values: Readonly<Record<string, string>> = {}): string {
  const text = expanded(`${name}.xml`, values);
  // sipp refuses a scenario with a variable that is written and never read, such as one of a mere check.
  const variables = new Set([...text.matchAll(VARIABLE)].map(([, variable = '']) => variable));
  if (variables.size === 0) return text;
  return text.replace('</scenario>', `  <Reference variables="${[...variables].join(',')}"/>\n</scenario>`);
}

function expanded(file: string, values: Readonly<Record<string, string>>): string {
  const text = readFileSync(new URL(file, folder), 'utf8').replace(LINE, (line) => {
    const filled = filledIn(line, values, file);
    return filled.trim() === '' && line.trim() !== '' ? '' : filled;
  });
  return text.replace(INCLUDE, (_, part: string, attributes: string) => {
    const own = [...attributes.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, value]);
    return expanded(`parts/${part}.xml`, { ...values, ...Object.fromEntries(own) }).trimEnd();
  });
}

function filledIn(line: string, values: Readonly<Record<string, string>>, file: string): string {
  return line.replace(PLACE, (_, key: string, fallback: string | undefined) => {
    const value = values[key] ?? fallback;
    if (value === undefined) throw new Error(`${file} needs a value for ${key}`);
    return value;
  });
}
