/** An OpenAPI document with `operations` operations in tags of about 100, for machines without real ones. */
export const largeSpecification = (operations: number): string => {
  const paths: Record<string, object> = {};
  for (let n = 0; n < operations; n++) {
    const tag = `things-${Math.floor(n / 100) + 1}`;
    paths[`/${tag}/{id}/parts-${n}`] = {
      get: {
        operationId: `get${n}`,
        summary: `Read part ${n}`,
        description: `Answers part **${n}** of a thing.`,
        tags: [tag],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          200: { description: 'The part', content: { 'application/json': { schema: { $ref: '#/components/schemas/Part' } } } },
        },
      },
    };
  }
  const properties = Object.fromEntries(
    Array.from({ length: 20 }, (_, n) => [`field_${n}`, { type: 'string', description: `Field number ${n} of a part.` }]),
  );
  const schemas = { Part: { type: 'object', properties: { ...properties, inner: { $ref: '#/components/schemas/Part' } } } };
  return JSON.stringify({ openapi: '3.1.0', info: { title: 'Things', version: '1' }, paths, components: { schemas } });
};

/** A Markdown page of about 8 KB, with what pages have. */
export const longDocument = (title: string): string =>
  [
    `# ${title}`,
    ...Array.from({ length: 12 }, (_, n) =>
      [
        `## Section ${n + 1}`,
        `Some prose about [the guide](guide) with \`code\`, **weight** and a list:`,
        ...Array.from({ length: 6 }, (__, item) => `- item ${item + 1} of section ${n + 1}, with a few words after it`),
        '',
        '| field | meaning |\n|---|---|\n| one | the first |\n| two | the second |',
        '',
        '```json\n{ "status": "approved", "count": 12, "items": ["a", "b"] }\n```',
      ].join('\n\n'),
    ),
  ].join('\n\n');

const CODE: readonly (readonly [string, string])[] = [
  [
    'ts',
    'export const total = (lines: readonly Line[]): number =>\n  lines.reduce((sum, { price, count }) => sum + price * count, 0);',
  ],
  ['python', 'def total(lines):\n    """The sum of all lines."""\n    return sum(line.price * line.count for line in lines)'],
  ['bash', 'curl -sS -H "Authorization: Bearer $TOKEN" "$BASE/orders?page=2" | jq ".data[].id"'],
  ['yaml', 'orders:\n  - id: 17\n    state: "open" # not paid yet\n    lines: [{ price: 12.5, count: 2 }]'],
];

/** Markdown of about so many characters, with prose, links, lists, tables and code in several languages; another `seed`, another text. */
export const largeDocument = (characters: number, seed: number): string => {
  let text = `# Document ${seed}\n`;
  for (let n = 1; text.length < characters; n++) {
    const [language, code] = CODE[n % CODE.length] ?? ['', ''];
    const row = (of: number): string =>
      `| \`field_${of}\` | string | what **field ${of}** of section ${n} says, see [there](part-${of}) |`;
    text += [
      `\n## Section ${n} of ${seed}`,
      `Some prose about [the guide](guide-${n}), <https://example.com/${seed}/${n}> and \`code\`, with *weight* here and **there**, in a line or two.`,
      [1, 2, 3].map((item) => `- item ${item} of section ${n}, with [a link](item-${item}#part) after it`).join('\n'),
      ['| field | type | meaning |', '|---|---|---|', row(1), row(2), row(3)].join('\n'),
      `\`\`\`${language}\n${code}\n\`\`\``,
      '> [!NOTE]\n> This is worth a second look.',
    ].join('\n\n');
  }
  return text;
};
