/** Nothing is loaded from anywhere and nothing runs: pages are text with a style. */
export const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
  h2 { margin: 2rem 0 0.5rem; }
  details { border-bottom: 1px solid #8884; padding: 0.25rem 0; }
  summary { cursor: pointer; overflow-wrap: anywhere; }
  code, pre { font: 0.875rem/1.4 ui-monospace, monospace; }
  pre { overflow-x: auto; background: #8881; padding: 0.75rem; border-radius: 0.25rem; }
  .method { display: inline-block; min-width: 4.5rem; font-weight: 600; }
  .about { opacity: 0.75; }
`;

/** @param body HTML. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${body}
</body>
</html>
`;
}

export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
