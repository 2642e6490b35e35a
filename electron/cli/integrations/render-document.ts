import type { Block, Document } from './docs.ts'

/** A document for a terminal. */
export function asText({ title, blocks }: Document): string {
  const parts = blocks.map(({ title: heading, lines, code }) => {
    const indent = heading === undefined && code === undefined ? '' : '  '
    return [...(heading === undefined ? [] : [`${heading}:`]), ...lines.map(line => indent + line)].join('\n')
  })
  return [title, ...parts].join('\n\n')
}

/** The same as Markdown. */
export function asMarkdown({ title, blocks }: Document): string {
  const parts = blocks.map(({ title: heading, lines, code }: Block) => {
    const body =
      code === undefined ? lines.map(line => `${line}  `.trimEnd()).join('  \n') : fenced(lines, code)
    return heading === undefined ? body : `## ${heading}\n\n${body}`
  })
  return [`# ${title}`, ...parts].join('\n\n')
}

function fenced(lines: string[], language: string): string {
  return [`\`\`\`${language}`, ...lines, '```'].join('\n')
}
