import { readFileSync } from 'node:fs';
import { escaped, htmlPage } from './html.ts';

const source = new URL('../../../../../docs/errors.md', import.meta.url);

/** docs/errors.md as a page: the `type` of every problem leads to its section. */
export function problemPage(): string {
  const [, ...blocks] = readFileSync(source, 'utf8').split(/\n(?=## )|\n\n/);
  return htmlPage('Problems of the Dialplane API', blocks.map(block).join('\n'));
}

/** The file has headings, paragraphs, and in them bold text and code. */
function block(text: string): string {
  const [, heading, rest] = /^## (\w+)\n?(.*)$/s.exec(text.trim()) ?? [];
  if (heading === undefined) return paragraph(text);
  return `<h2 id="${heading}"><code>${heading}</code></h2>${rest ? paragraph(rest) : ''}`;
}

function paragraph(text: string): string {
  const inline = escaped(text.trim())
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/`([^`]+)`/g, '<code>$1</code>');
  return inline === '' ? '' : `<p>${inline}</p>`;
}
