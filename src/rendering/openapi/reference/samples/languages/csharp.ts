import type { FormField } from '../form-parts.ts';
import type { SampleBody, SampleRequest } from '../request.ts';
import { quoted } from './literals.ts';
import { textBody } from './text-body.ts';

/** A raw string literal for text of several lines or with quotes (C# 11). */
const csharpString = (text: string): string =>
  text.includes('"""') || !/[\n"]/.test(text) ? quoted(text) : `"""\n    ${text.replaceAll('\n', '\n    ')}\n    """`;

/** Without parameters, which .NET takes for a mistake. */
const bareType = (type: string): string => quoted(type.replace(/\s*;.*/, ''));

const partContent = ({ value, file, type }: FormField): string => {
  if (!file) return `new StringContent(${quoted(value)}${type === undefined ? '' : `, null, ${bareType(type)}`})`;
  const told = type === undefined ? '' : ` { Headers = { ContentType = new(${bareType(type)}) } }`;
  return `new StreamContent(File.OpenRead("path/to/file"))${told}`;
};

const contentLines = (body: SampleBody | undefined, type: string): string[] => {
  switch (body?.kind) {
    case undefined:
      return [];
    case 'form': {
      const fields = body.fields.map(
        ({ name, value }) => `    new KeyValuePair<string, string>(${quoted(name)}, ${quoted(value)}),`,
      );
      return ['request.Content = new FormUrlEncodedContent(new[]', '{', ...fields, '});'];
    }
    case 'multipart': {
      const fields = body.fields.map((field) => {
        const fileName = field.file ? ', "file"' : '';
        return `    { ${partContent(field)}, ${quoted(field.name)}${fileName} },`;
      });
      return ['request.Content = new MultipartFormDataContent', '{', ...fields, '};'];
    }
    case 'file':
      return ['request.Content = new StreamContent(File.OpenRead("path/to/file"));'];
    default:
      return [`request.Content = new StringContent(${csharpString(textBody(body) ?? '')}, null, ${bareType(type)});`];
  }
};

/** The request with `HttpClient` (.NET 8). */
export const csharpSample = ({ method, url, headers, body }: SampleRequest): string => {
  const type = headers.find(([name]) => name === 'Content-Type')?.[1] ?? 'text/plain';
  const name = method.charAt(0) + method.slice(1).toLowerCase();
  const verb = /^(?:Get|Post|Put|Patch|Delete|Head|Options|Trace)$/.test(name)
    ? `HttpMethod.${name}`
    : `new HttpMethod(${quoted(method)})`;
  return [
    'using var client = new HttpClient();',
    `using var request = new HttpRequestMessage(${verb}, ${quoted(url)});`,
    ...headers
      .filter(([header]) => header !== 'Content-Type')
      .map(([header, value]) => `request.Headers.TryAddWithoutValidation(${quoted(header)}, ${quoted(value)});`),
    ...contentLines(body, type),
    'using var response = await client.SendAsync(request);',
    `Console.WriteLine($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");`,
  ].join('\n');
};
