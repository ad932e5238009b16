import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { markdownToAst } from '../../../src/rendering/markdown/index.ts';
import { ROOT } from '../../support/source.ts';

const RICH = `# Title with \`code\`

Text *em* **strong** ~~gone~~ [link](https://a.example "t") ![alt](i.png)\\
hard break
soft break

> quote

1. one
2. two
   - nested

- [x] done

| a | b |
|:--|--:|
| 1 | *2* |

\`\`\`json
{}
\`\`\`

---

<b>html</b> [^1] :tada:
`;

describe('the node tree', () => {
  it('holds blocks and their inline parts', () => {
    expect(markdownToAst('## Hi *you*\n\nLine one\nline two')).toEqual([
      {
        type: 'heading',
        level: 2,
        children: [
          { type: 'text', text: 'Hi ' },
          { type: 'emphasis', level: 1, children: [{ type: 'text', text: 'you' }] },
        ],
      },
      {
        type: 'paragraph',
        children: [
          { type: 'text', text: 'Line one', softBreak: true },
          { type: 'text', text: 'line two' },
        ],
      },
    ]);
  });

  it('holds tables with their alignments', () => {
    const [table] = markdownToAst('| a | b |\n|:--|---|\n| 1 | 2 |');
    expect(table).toMatchObject({ type: 'table', alignments: ['left', 'none'] });
    expect(table?.children?.map(({ type }) => type)).toEqual(['table_header', 'table_row']);
    expect(table?.children?.[1]?.children?.[0]).toEqual({
      type: 'table_cell',
      alignment: 'left',
      children: [{ type: 'text', text: '1' }],
    });
  });

  it('holds code with its language, lists, tasks, breaks', () => {
    expect(markdownToAst('```go\nx\n```')).toEqual([
      { type: 'code_block', lang: 'go', children: [{ type: 'text', text: 'x\n' }] },
    ]);
    expect(markdownToAst('---')).toEqual([{ type: 'break' }]);
    expect(markdownToAst('1. a')[0]).toMatchObject({ type: 'list', isOrdered: true });
    expect(markdownToAst('- [x] a\n- [y] b')[0]?.children?.map(({ children }) => children?.[0]?.children)).toEqual([
      [
        { type: 'task_checkbox', checked: true },
        { type: 'text', text: 'a' },
      ],
      [{ type: 'text', text: '[y] b' }],
    ]);
    expect(markdownToAst('[a](b "c") ![d](e "f")')[0]?.children).toEqual([
      { type: 'link', href: 'b', title: 'c', children: [{ type: 'text', text: 'a' }] },
      { type: 'text', text: ' ' },
      { type: 'image', url: 'e', alt: 'd', title: 'f' },
    ]);
    expect(markdownToAst('[x](javascript:alert(1)) <b>')[0]?.children).toEqual([
      { type: 'text', text: '[x](javascript:alert(1)) <b>' },
    ]);
    expect(markdownToAst('')).toEqual([]);
  });

  it('takes a line of very many parts', () => {
    expect(markdownToAst('*a* '.repeat(100_000))[0]?.children?.length).toBeGreaterThan(100_000);
  });

  const references = path.join(process.env['SHARED_DIR'] ?? path.join(ROOT, '../shared'), 'contract/reference');
  describe.skipIf(!existsSync(references)).each(['api-products.yaml', 'portal-client.yaml'])('fits the schemas of %s', (name) => {
    let validate: ValidateFunction;
    beforeAll(() => {
      const document = parse(readFileSync(path.join(references, name), 'utf8'), { maxAliasCount: -1 }) as {
        components: { schemas: object };
      };
      const schemas = JSON.parse(
        JSON.stringify(document.components.schemas).replaceAll('"nullable":true', '"x-nullable":true'),
      ) as object;
      validate = new Ajv({ strict: false }).compile({
        components: { schemas },
        type: 'array',
        items: { $ref: '#/components/schemas/ChildNode' },
      });
    });

    it.each(['', ' ', '#', '-', '- [ ]', '```', '| a |\n|---|', '![]()', '[]()', '***', RICH])('%j', (source) => {
      expect(validate(markdownToAst(source)) ? [] : validate.errors).toEqual([]);
    });
  });
});
