import type { SampleBody, SampleRequest } from '../request.ts';
import { disposition, quoted } from './literals.ts';
import { textBody, withFormType } from './text-body.ts';

/** A text block for several lines, an ordinary literal for one. */
const javaString = (text: string): string => {
  if (!text.includes('\n')) return quoted(text);
  const block = text.replaceAll('\\', '\\\\').replaceAll('"""', '\\"""');
  return `"""\n${block.replace(/^/gm, '        ')}"""`;
};

const BOUNDARY = 'boundary';

/** The JDK's client has no multipart writer: the body is written out. */
const multipartText = (body: SampleBody & { kind: 'multipart' }): string =>
  `${body.fields
    .map(({ name, value, file, type }) => {
      const told = type === undefined ? '' : `\r\nContent-Type: ${type}`;
      return `--${BOUNDARY}\r\nContent-Disposition: ${disposition(name, file)}${told}\r\n\r\n${file ? '<content>' : value}\r\n`;
    })
    .join('')}--${BOUNDARY}--\r\n`;

const publisher = (body: SampleBody | undefined): string => {
  if (body === undefined) return 'BodyPublishers.noBody()';
  if (body.kind === 'file') return 'BodyPublishers.ofFile(Path.of("path/to/file"))';
  const text = body.kind === 'multipart' ? quoted(multipartText(body)) : javaString(textBody(body) ?? '');
  return `BodyPublishers.ofString(${text})`;
};

/** The request with the JDK's `HttpClient` (Java 17). */
export const javaSample = ({ method, url, headers, body }: SampleRequest): string => {
  const form: [string, string][] =
    body?.kind === 'multipart' ? [['Content-Type', `multipart/form-data; boundary=${BOUNDARY}`]] : [];
  const lines = [...withFormType(headers, body), ...form].map(
    ([name, value]) => `    .header(${quoted(name)}, ${quoted(value)})\n`,
  );
  const verb = method === 'GET' && body === undefined ? '.GET()' : `.method(${quoted(method)}, ${publisher(body)})`;
  const path = body?.kind === 'file' ? 'import java.nio.file.Path;\n' : '';
  const publishers = verb === '.GET()' ? '' : 'import java.net.http.HttpRequest.BodyPublishers;\n';
  return `import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
${publishers}import java.net.http.HttpResponse.BodyHandlers;
${path}
var request = HttpRequest.newBuilder(URI.create(${quoted(url)}))
${lines.join('')}    ${verb}
    .build();
var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
System.out.println(response.statusCode() + " " + response.body());`;
};
