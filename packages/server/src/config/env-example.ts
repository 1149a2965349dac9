import { type Variable, variables } from './variables.ts';

/** Comment lines are wrapped here, for terminals of 120 columns. */
const lineWidth = 110;

/** The text of `.env.example`: every variable with its meaning, commented out at its default or an example. */
export function envExample(): string {
  const blocks = Object.entries<Variable>(variables).map(([name, variable]) => {
    const lines = wrap(variable.description).map((line) => `# ${line}`);
    lines.push(`#${name}=${variable.initial ?? variable.example ?? ''}`);
    if (variable.secret) lines.push(`#${name}_FILE=/run/secrets/${name.toLowerCase()}`);
    return lines.join('\n');
  });
  return `# Everything is optional; what is commented out shows the default or, where there is none, an example.\n\n${blocks.join('\n\n')}\n`;
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > lineWidth) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}
