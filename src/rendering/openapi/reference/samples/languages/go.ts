import type { SampleBody, SampleRequest } from '../request.ts';
import { quoted } from './literals.ts';
import { textBody, withFormType } from './text-body.ts';

const rawString = (text: string): string => (text.includes('`') ? quoted(text) : `\`${text}\``);

const multipart = (body: SampleBody & { kind: 'multipart' }): string[] => [
  'var body bytes.Buffer',
  'form := multipart.NewWriter(&body)',
  ...body.fields.flatMap(({ name, value, file }) =>
    file
      ? [`part, _ := form.CreateFormFile(${quoted(name)}, "file")`, 'file, _ := os.Open("path/to/file")', 'io.Copy(part, file)']
      : [`form.WriteField(${quoted(name)}, ${quoted(value)})`],
  ),
  'form.Close()',
];

const prepare = (body: SampleBody | undefined): { imports: string[]; lines: string[]; argument: string } => {
  const text = textBody(body);
  if (text !== undefined)
    return { imports: ['strings'], lines: [`body := strings.NewReader(${rawString(text)})`], argument: 'body' };
  if (body?.kind === 'multipart') {
    const files = body.fields.some(({ file }) => file) ? ['os'] : [];
    return { imports: ['bytes', 'mime/multipart', ...files], lines: multipart(body), argument: '&body' };
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
