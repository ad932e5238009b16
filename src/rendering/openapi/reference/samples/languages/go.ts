import type { FormField } from '../form-parts.ts';
import type { SampleBody, SampleRequest } from '../request.ts';
import { disposition, quoted } from './literals.ts';
import { textBody, withFormType } from './text-body.ts';

const rawString = (text: string): string => (text.includes('`') ? quoted(text) : `\`${text}\``);

/** Go wants each name declared once. */
const declared = (name: string, isFirst: boolean): string => `${name}, _ ${isFirst ? ':=' : '='}`;

const isWritten = ({ file, type }: FormField): boolean => !file && type === undefined;

const partLines = (field: FormField, isFirst: boolean, isFirstFile: boolean): string[] => {
  const { name, value, file, type } = field;
  if (isWritten(field)) return [`form.WriteField(${quoted(name)}, ${quoted(value)})`];
  const part = declared('part', isFirst);
  const created =
    type === undefined
      ? [`${part} form.CreateFormFile(${quoted(name)}, "file")`]
      : [
          `${part} form.CreatePart(textproto.MIMEHeader{`,
          `\t"Content-Disposition": {${rawString(disposition(name, file))}},`,
          `\t"Content-Type":        {${quoted(type)}},`,
          '})',
        ];
  const opened = `${declared('file', isFirstFile)} os.Open("path/to/file")`;
  return [...created, ...(file ? [opened, 'io.Copy(part, file)'] : [`io.WriteString(part, ${rawString(value)})`])];
};

const multipart = ({ fields }: SampleBody & { kind: 'multipart' }): string[] => {
  const first = fields.findIndex((field) => !isWritten(field));
  const firstFile = fields.findIndex(({ file }) => file);
  return [
    'var body bytes.Buffer',
    'form := multipart.NewWriter(&body)',
    ...fields.flatMap((field, at) => partLines(field, at === first, at === firstFile)),
    'form.Close()',
  ];
};

const prepare = (body: SampleBody | undefined): { imports: string[]; lines: string[]; argument: string } => {
  const text = textBody(body);
  if (text !== undefined)
    return { imports: ['strings'], lines: [`body := strings.NewReader(${rawString(text)})`], argument: 'body' };
  if (body?.kind === 'multipart') {
    const files = body.fields.some(({ file }) => file) ? ['os'] : [];
    const heads = body.fields.some(({ type }) => type !== undefined) ? ['net/textproto'] : [];
    return { imports: ['bytes', 'mime/multipart', ...files, ...heads], lines: multipart(body), argument: '&body' };
  }
  if (body?.kind === 'file') return { imports: ['os'], lines: ['body, _ := os.Open("path/to/file")'], argument: 'body' };
  return { imports: [], lines: [], argument: 'nil' };
};

/** The request with `net/http`. */
export const goSample = ({ method, url, headers, body }: SampleRequest): string => {
  const { imports, lines, argument } = prepare(body);
  const sent = withFormType(headers, body);
  const all = ['fmt', 'io', 'net/http', ...imports].sort();
  const statements = [
    ...lines,
    `request, _ := http.NewRequest(${quoted(method)}, ${quoted(url)}, ${argument})`,
    ...sent.map(([name, value]) => `request.Header.Set(${quoted(name)}, ${quoted(value)})`),
    ...(body?.kind === 'multipart' ? ['request.Header.Set("Content-Type", form.FormDataContentType())'] : []),
    '',
    'response, err := http.DefaultClient.Do(request)',
    'if err != nil {',
    '\tpanic(err)',
    '}',
    'defer response.Body.Close()',
    'answer, _ := io.ReadAll(response.Body)',
    'fmt.Println(response.Status, string(answer))',
  ];
  const main = statements.map((line) => (line === '' ? '' : `\t${line}`)).join('\n');
  return `package main\n\nimport (\n${all.map((name) => `\t"${name}"\n`).join('')})\n\nfunc main() {\n${main}\n}`;
};
