import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { operationOf, referenceOf, sampleOf as sample, words } from './support.ts';

type Page = ReturnType<typeof operationOf>;

/** An operation that is sent a form, of which schema and encodings are given as YAML. */
const formOf = (schema: string, encoding = '{}', type = 'multipart/form-data'): Page =>
  operationOf(`requestBody: {content: {${type}: {schema: ${schema}, encoding: ${encoding}}}}`);

const CARGO = `{type: object, properties: {
  manifest: {type: object, properties: {weight: {type: integer}}},
  photos: {type: array, items: {type: string, contentMediaType: image/png}},
  notes: {type: array, items: {type: string}}}}`;
/** The options of a curl command that are parts. */
const partsOf = (page: Page): string[] =>
  sample(page, 'curl')
    .split(' \\\n  ')
    .filter((option) => option.startsWith('--form'));

describe('samples of forms', () => {
  it('send forms and files', () => {
    const form = operationOf(
      'requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, required: [a], properties: {a: {type: object, properties: {b: {type: string, example: x y}}, required: [b]}}}}}}',
    );
    expect(sample(form, 'curl')).toContain("--data-urlencode 'a[b]=x y'");
    const upload = operationOf(
      'requestBody: {content: {multipart/form-data: {schema: {type: object, required: [f], properties: {f: {type: string, format: binary}}}}}}',
    );
    expect(sample(upload, 'curl')).toContain("--form 'f=@path/to/file'");
    expect(sample(upload, 'Python')).toContain('files=');
    const parts = operationOf(`
requestBody:
  content:
    multipart/form-data:
      schema: {type: object, required: [a, b], properties: {a: {type: object, example: {k: 1}}, b: {type: object, example: {k: 2}}}}
      encoding: {b: {style: deepObject, explode: true}}
`);
    expect(sample(parts, 'curl')).toContain(`--form 'a={"k":1}'`);
    expect(sample(parts, 'curl')).toContain("--form 'b[k]=2'");
    expect(words(parts('.operation-aside').text())).toContain('a: {"k":1} b[k]: 2');
    const binary = operationOf('requestBody: {content: {application/octet-stream: {schema: {type: string, format: binary}}}}');
    expect(sample(binary, 'curl')).toContain('--data-binary @path/to/file');
    const pictures = operationOf(
      'requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {p: {type: array, items: {type: string, contentMediaType: image/png}}}}}}}',
    );
    expect(sample(pictures, 'curl')).toContain("--form 'p=@path/to/file'");
  });

  it('show several parts where none is required, a file among them', () => {
    const names = (page: Page): string[] => partsOf(page).map((option) => /'(\w+)=/.exec(option)?.[1] ?? '');
    expect(names(formOf(CARGO))).toEqual(['manifest', 'photos', 'notes']);
    const many = Array.from({ length: 9 }, (_, at) => `n${at}: {type: object, properties: {a: {}, b: {}, c: {type: string}}}`);
    const late = `{type: object, properties: {${many}, scan: {type: string, format: binary}}}`;
    expect(names(formOf(late))).toEqual(['n0', 'n1', 'n2', 'scan']);
  });

  it('show a file beside the parts that are required', () => {
    const schema = (required: string): string =>
      `{type: object, required: [${required}], properties: {
        title: {type: string}, note: {type: string}, a: {type: string, format: binary}, b: {type: string, format: binary}}}`;
    expect(partsOf(formOf(schema('title')))).toEqual(["--form 'title=string'", "--form 'a=@path/to/file'"]);
    expect(partsOf(formOf(schema('title, b')))).toEqual(["--form 'title=string'", "--form 'b=@path/to/file'"]);
  });

  it.each([
    ['pipeDelimited', 'a|b'],
    ['spaceDelimited', 'a b'],
    ['form', 'a,b'],
  ])('send several values in one part as %s says, and show them so', (style, joined) => {
    const page = formOf(CARGO, `{notes: {style: ${style}, explode: false}}`);
    expect(partsOf(page)).toContain(`--form 'notes=${joined}'`);
    expect(page('.operation-aside .samples').last().text()).toContain(`notes: ${joined}`);
    const encoded = formOf(CARGO, `{notes: {style: ${style}, explode: false}}`, 'application/x-www-form-urlencoded');
    expect(encoded('.operation-aside .samples').last().text()).toContain(`notes=${joined}`);
  });

  it('repeat a part for each value of a list, unless the document tells what they are', () => {
    const list = (rest: string, encoding: string): string[] =>
      partsOf(formOf(`{type: object, properties: {l: {type: array, items: {type: integer}, ${rest}}}}`, encoding));
    expect(list('example: [7, 8]', '{}')).toEqual(["--form 'l=7'", "--form 'l=8'"]);
    expect(list('example: [7, 8]', '{l: {style: form}}')).toEqual(["--form 'l=7'", "--form 'l=8'"]);
    expect(list('example: [7]', '{l: {explode: false}}')).toEqual(["--form 'l=7'"]);
  });

  it('write an object in the style of its encoding', () => {
    const object = (encoding: string): string[] =>
      partsOf(formOf('{type: object, properties: {o: {type: object, example: {a: 1, b: x}}}}', encoding));
    expect(object('{o: {style: form, explode: false}}')).toEqual(["--form 'o=a,1,b,x'"]);
    expect(object('{o: {style: form}}')).toEqual(["--form 'a=1'", "--form 'b=x'"]);
    expect(object('{o: {style: deepObject}}')).toEqual(["--form 'o[a]=1'", "--form 'o[b]=x'"]);
  });

  it('are written for each encoding of a schema', () => {
    const operation = (encoding: string): string =>
      `post: {responses: {}, requestBody: {content: {multipart/form-data: {schema: {$ref: "#/components/schemas/Cargo"}, encoding: ${encoding}}}}}`;
    const { operationFragments } = referenceOf(`openapi: 3.1.0
info: {title: Things, version: "1"}
paths: {/a: {${operation('{}')}}, /b: {${operation('{notes: {explode: false}}')}}}
components: {schemas: {Cargo: ${CARGO.replaceAll('\n', ' ')}}}`);
    const pages = operationFragments.map(({ html }) => load(html, null, false));
    expect(pages.map((page) => partsOf(page).at(-1))).toEqual(["--form 'notes=string'", "--form 'notes=a,b'"]);
    expect(pages.map((page) => /notes: .*/.exec(page('.samples').last().text())?.[0])).toEqual(['notes: string', 'notes: a,b']);
  });
});
