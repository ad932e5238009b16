import type { FormField } from '../form-parts.ts';
import type { SampleBody, SampleRequest } from '../request.ts';
import { quoted } from './literals.ts';
import { textBody, withFormType } from './text-body.ts';

/** Rust writes code points in braces. */
const rustString = (text: string): string => {
  if (/[\n"\\]/.test(text) && !text.includes('"#')) return `r#"${text}"#`;
  return quoted(text)
    .replace(/\\u([0-9a-f]{4})/g, '\\u{$1}')
    .replaceAll('\\b', '\\u{8}')
    .replaceAll('\\f', '\\u{c}');
};

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']);

const partCall = ({ name, value, file, type }: FormField): string => {
  if (type === undefined)
    return file ? `.file(${rustString(name)}, "path/to/file")?` : `.text(${rustString(name)}, ${rustString(value)})`;
  const part = file ? 'Part::file("path/to/file")?' : `Part::text(${rustString(value)})`;
  return `.part(${rustString(name)}, ${part}.mime_str(${rustString(type)})?)`;
};

const bodyLines = (body: SampleBody | undefined): { before: string[]; calls: string[] } => {
  const text = textBody(body);
  if (text !== undefined) return { before: [], calls: [`.body(${rustString(text)})`] };
  if (body?.kind === 'multipart') {
    const parts = body.fields.map((field) => `        ${partCall(field)}`);
    return {
      before: ['    let form = reqwest::blocking::multipart::Form::new()', ...parts].map((line, at) =>
        at === parts.length ? `${line};` : line,
      ),
      calls: ['.multipart(form)'],
    };
  }
  return { before: [], calls: body?.kind === 'file' ? ['.body(std::fs::File::open("path/to/file")?)'] : [] };
};

/** The request with `reqwest`. */
export const rustSample = ({ method, url, headers, body }: SampleRequest): string => {
  const { before, calls } = bodyLines(body);
  const begin = METHODS.has(method)
    ? `.${method.toLowerCase()}(${rustString(url)})`
    : `.request(reqwest::Method::from_bytes(b${quoted(method)})?, ${rustString(url)})`;
  const isTyped = body?.kind === 'multipart' && body.fields.some(({ type }) => type !== undefined);
  return [
    ...(isTyped ? ['use reqwest::blocking::multipart::Part;', ''] : []),
    'fn main() -> Result<(), Box<dyn std::error::Error>> {',
    ...before,
    '    let response = reqwest::blocking::Client::new()',
    `        ${begin}`,
    ...withFormType(headers, body).map(([name, value]) => `        .header(${rustString(name)}, ${rustString(value)})`),
    ...calls.map((call) => `        ${call}`),
    '        .send()?;',
    '    println!("{} {}", response.status(), response.text()?);',
    '    Ok(())',
    '}',
  ].join('\n');
};
