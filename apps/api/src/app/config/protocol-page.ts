import { existsSync, readFileSync } from 'node:fs';

import { DOCS_PATH } from '@elite-chat/contracts';
import { type FastifyInstance } from 'fastify';
import { Marked } from 'marked';

import { PROTOCOL_FILE } from './built-files';

/** Where the socket events are described. */
export const PROTOCOL_PATH = `/${DOCS_PATH}/protocol`;

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid color-mix(in srgb, currentcolor 25%, transparent); padding: 0.4rem 0.7rem; text-align: left; vertical-align: top; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.9em; }
code, pre { background: color-mix(in srgb, currentcolor 8%, transparent); border-radius: 0.3rem; }
code { padding: 0.1rem 0.3rem; overflow-wrap: anywhere; }
pre { overflow-x: auto; padding: 1rem; }
pre code { background: none; padding: 0; }
`;

/** Shows the description of the socket events as a page beside Swagger's. */
export function registerProtocolPage(fastify: FastifyInstance, file = PROTOCOL_FILE): void {
  if (!existsSync(file)) return;
  const page = renderPage(readFileSync(file, 'utf8'));
  fastify.get(PROTOCOL_PATH, (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
}

function renderPage(markdown: string): string {
  const marked = new Marked({
    renderer: {
      // Links to a section need the same names that GitHub gives them.
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${anchor(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
    },
  });
  const body = marked.parse(markdown, { async: false });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>EliteChat: socket protocol</title>
<style>${STYLE}</style>
</head>
<body>
<p><a href="/${DOCS_PATH}">REST calls</a></p>
${body}
</body>
</html>
`;
}

function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
