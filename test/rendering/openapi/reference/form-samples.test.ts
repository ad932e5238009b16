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
const ENCODING = `{
  manifest: {contentType: application/vnd.manifest+json},
  photos: {contentType: "image/png, image/webp"},
  notes: {style: pipeDelimited, explode: false}}`;

/** How each language says that a text is JSON and a file an image. */
const TYPED: [language: string, text: string, file: string][] = [
  ['curl', `--form 'manifest={"weight":0};type=application/vnd.manifest+json'`, "--form 'photos=@path/to/file;type=image/png'"],
  [
    'JavaScript',
    'body.append("manifest", new Blob(["{\\"weight\\":0}"], { type: "application/vnd.manifest+json" }));',
    'body.append("photos", file);',
  ],
  [
    'TypeScript',
    'body.append("manifest", new Blob(["{\\"weight\\":0}"], { type: "application/vnd.manifest+json" }));',
    'body.append("photos", file);',
  ],
  [
    'Python',
    '("manifest", (None, "{\\"weight\\":0}", "application/vnd.manifest+json")),',
    '("photos", ("file", open("path/to/file", "rb"), "image/png")),',
  ],
  [
    'Go',
    `part, _ := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {\`form-data; name="manifest"\`},
		"Content-Type":        {"application/vnd.manifest+json"},
	})
	io.WriteString(part, \`{"weight":0}\`)`,
    `part, _ = form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {\`form-data; name="photos"; filename="file"\`},
		"Content-Type":        {"image/png"},
	})
	file, _ := os.Open("path/to/file")
	io.Copy(part, file)`,
  ],
  [
    'Java',
    'name=\\"manifest\\"\\r\\nContent-Type: application/vnd.manifest+json\\r\\n\\r\\n{\\"weight\\":0}',
    'filename=\\"file\\"\\r\\nContent-Type: image/png\\r\\n\\r\\n<content>',
  ],
  [
    'C#',
    '{ new StringContent("{\\"weight\\":0}", null, "application/vnd.manifest+json"), "manifest" },',
    '{ new StreamContent(File.OpenRead("path/to/file")) { Headers = { ContentType = new("image/png") } }, "photos", "file" },',
  ],
  [
    'PHP',
    `'manifest' => new CURLStringFile('{"weight":0}', 'manifest', 'application/vnd.manifest+json'),`,
    "'photos' => new CURLFile('path/to/file', 'image/png'),",
  ],
  [
    'Ruby',
    `['manifest', '{"weight":0}', { filename: 'manifest', content_type: 'application/vnd.manifest+json' }],`,
    "['photos', File.open('path/to/file'), { content_type: 'image/png' }],",
  ],
  [
    'Rust',
    '.part("manifest", Part::text(r#"{"weight":0}"#).mime_str("application/vnd.manifest+json")?)',
    '.part("photos", Part::file("path/to/file")?.mime_str("image/png")?)',
  ],
];

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
    expect(sample(parts, 'curl')).toContain(`--form 'a={"k":1};type=application/json'`);
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
    const either = '{oneOf: [{type: object, properties: {title: {type: string}, a: {type: string, format: binary}}}]}';
    expect(partsOf(formOf(either))).toEqual(["--form 'title=string'", "--form 'a=@path/to/file'"]);
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
      partsOf(formOf(`{type: object, properties: {l: {type: array, ${rest}}}}`, encoding));
    expect(list('example: [7, 8]', '{}')).toEqual(["--form 'l=7'", "--form 'l=8'"]);
    expect(list('example: [7, 8]', '{l: {style: form}}')).toEqual(["--form 'l=7'", "--form 'l=8'"]);
    expect(list('example: [7]', '{l: {explode: false}}')).toEqual(["--form 'l=7'"]);
    expect(list('items: {enum: [on]}', '{l: {explode: false}}')).toEqual(["--form 'l=on,on'"]);
    expect(list('items: {type: string, format: date}', '{l: {explode: false}}')).toEqual(["--form 'l=2025-06-15,2025-06-15'"]);
  });

  it('write an object in the style of its encoding', () => {
    const object = (encoding: string): string[] =>
      partsOf(formOf('{type: object, properties: {o: {type: object, example: {a: 1, b: x}}}}', encoding));
    expect(object('{o: {style: form, explode: false}}')).toEqual(["--form 'o=a,1,b,x'"]);
    expect(object('{o: {style: form}}')).toEqual(["--form 'a=1'", "--form 'b=x'"]);
    expect(object('{o: {style: deepObject}}')).toEqual(["--form 'o[a]=1'", "--form 'o[b]=x'"]);
  });

  it.each(TYPED)('say the content type of parts in %s', (language, text, file) => {
    const code = sample(formOf(CARGO, ENCODING), language);
    expect(code).toContain(text);
    expect(code).toContain(file);
  });

  it.each([
    ['{type: object, example: {a: 1}}', '{}', `p={"a":1};type=application/json`],
    ['{type: array, items: {type: object, example: {a: 1}}}', '{}', `p={"a":1};type=application/json`],
    ['{type: array, items: {type: array, items: {}, example: [1]}}', '{}', 'p=[1];type=application/json'],
    ['{type: object, example: {a: 1}}', '{p: {contentType: "application/*"}}', 'p={"a":1}'],
    ['{type: object, example: {a: 1}}', '{p: {contentType: "text/x; nonsense"}}', 'p={"a":1}'],
    ['{type: object, example: {a: 1}}', '{p: {contentType: "text/x;\\r\\na=b"}}', 'p={"a":1}'],
    ['{type: object, example: {a: 1}}', '{p: {contentType: "text/x; charset=utf-8"}}', 'p={"a":1};type=text/x; charset=utf-8'],
    ['{type: object, example: {a: 1}}', '{p: {contentType: text/plain}}', 'p={"a":1}'],
    ['{type: string, example: a}', '{}', 'p=a'],
    ['{type: string, example: a}', '{p: {contentType: text/plain}}', 'p=a'],
    ['{type: string, example: a}', '{p: {contentType: "text/csv, text/plain"}}', 'p=a;type=text/csv'],
    ['{type: string, example: a}', '{p: {contentType: text/csv, style: form}}', 'p=a'],
    ['{type: string, format: binary}', '{}', 'p=@path/to/file'],
    ['{type: string, format: binary}', '{p: {contentType: "image/*"}}', 'p=@path/to/file'],
    ['{type: string, format: binary}', '{p: {contentType: application/octet-stream}}', 'p=@path/to/file'],
  ])('of %s with %s send %s', (schema, encoding, part) => {
    expect(partsOf(formOf(`{type: object, properties: {p: ${schema}}}`, encoding))).toEqual([`--form '${part}'`]);
  });

  it('write a part as XML where its type is', () => {
    const page = formOf(
      '{type: object, properties: {p: {type: object, xml: {name: box}, example: {a: 1}}}}',
      '{p: {contentType: text/xml}}',
    );
    expect(sample(page, 'curl')).toContain(`--form 'p="<?xml`);
    expect(sample(page, 'curl')).toContain('<a>1</a>');
  });

  it.each([
    ['@x', '--form-string', '@x'],
    ['<x', '--form-string', '<x'],
    ['(x', '--form-string', '(x'],
    ['"x" y', '--form-string', '"x" y'],
    [' x', '--form-string', ' x'],
    ['x;type=text/html', '--form-string', 'x;type=text/html'],
    ['x@y, "z"', '--form', 'x@y, "z"'],
  ])('send %s as it is by curl, whatever a type says', (text, option, value) => {
    const schema = `{type: object, properties: {p: {type: string, example: ${JSON.stringify(text)}}}}`;
    expect(partsOf(formOf(schema))).toEqual([`${option} 'p=${value}'`]);
    const typed = option === '--form' ? value : `"${value.replaceAll('"', '\\"')}"`;
    expect(partsOf(formOf(schema, '{p: {contentType: text/csv}}'))).toEqual([`--form 'p=${typed};type=text/csv'`]);
  });

  it('are forms in parts whatever they hold, and declare no name twice', () => {
    const two = (part: string): Page => formOf(`{type: object, properties: {a: ${part}, b: ${part}}}`);
    const texts = two('{type: string, example: x}');
    expect(sample(texts, 'Python')).toContain('files=[\n        ("a", (None, "x")),\n        ("b", (None, "x")),\n    ],');
    expect(sample(texts, 'Python')).not.toContain('data=');
    const files = sample(two('{type: string, format: binary}'), 'Go');
    expect(files.match(/(?:part|file), _ :?=/g)).toEqual(['part, _ :=', 'file, _ :=', 'part, _ =', 'file, _ =']);
    const list = formOf('{type: object, properties: {l: {type: array, items: {}, example: [7, 8]}}}');
    expect(sample(list, 'PHP')).toContain("'l' => ['7', '8'],");
  });

  it('give .NET a type without parameters', () => {
    const page = operationOf('requestBody: {content: {"application/json; charset=utf-8": {example: 1}}}');
    expect(sample(page, 'C#')).toContain('new StringContent("1", null, "application/json");');
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
