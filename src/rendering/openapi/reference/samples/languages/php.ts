import type { SampleBody, SampleRequest } from '../request.ts';
import { literal, type Notation, singleQuoted } from './literals.ts';
import { textBody } from './text-body.ts';

const PHP: Notation = { open: '[', close: ']', pair: ' => ', null: 'null', true: 'true', false: 'false', string: singleQuoted };

const bodyValue = (body: SampleBody | undefined): string | undefined => {
  switch (body?.kind) {
    case undefined:
      return undefined;
    case 'json':
      return `json_encode(${literal(body.value, PHP, 4)})`;
    case 'multipart': {
      const fields = body.fields.map(
        ({ name, value, file }) =>
          `        ${singleQuoted(name)} => ${file ? "new CURLFile('path/to/file')" : singleQuoted(value)},\n`,
      );
      return `[\n${fields.join('')}    ]`;
    }
    case 'file':
      return "file_get_contents('path/to/file')";
    default:
      return singleQuoted(textBody(body) ?? '');
  }
};

/** The request with PHP's curl extension. */
export const phpSample = ({ method, url, headers, body }: SampleRequest): string => {
  const lines = headers.map(([name, value]) => `        ${singleQuoted(`${name}: ${value}`)},\n`);
  const fields = bodyValue(body);
  const options = [
    ...(method === 'GET' ? [] : [`CURLOPT_CUSTOMREQUEST => ${singleQuoted(method)}`]),
    'CURLOPT_RETURNTRANSFER => true',
    ...(lines.length > 0 ? [`CURLOPT_HTTPHEADER => [\n${lines.join('')}    ]`] : []),
    ...(fields === undefined ? [] : [`CURLOPT_POSTFIELDS => ${fields}`]),
  ];
  return `<?php
$request = curl_init(${singleQuoted(url)});
curl_setopt_array($request, [
${options.map((option) => `    ${option},\n`).join('')}]);
echo curl_exec($request);`;
};
