import { parse } from 'yaml';
import { describeOperation } from '../../../../src/rendering/openapi/console/describe.ts';
import { type BuildOptions, type Built, buildRequest } from '../../../../src/rendering/openapi/console/request.ts';
import type { ConsoleOperation } from '../../../../src/rendering/openapi/console/types.ts';

/** `POST /things/{id}`, indented YAML of which is given, with what else the document says. */
export const consoleOf = (operation: string, rest = '', path = '/things/{id}', version = '3.1.0'): ConsoleOperation => {
  const indented = operation.trim().replace(/^/gm, '      ');
  const head = version.startsWith('2') ? `swagger: "${version}"` : `openapi: ${version}`;
  const document = parse(`${head}
info: {title: Things, version: "1"}
paths:
  ${path}:
    post:
${indented}
${rest}`);
  const found = describeOperation(document, { method: 'post', path });
  if (!found) throw new Error('there is no such operation');
  return found;
};

/** The request that is made of what was typed; files are texts here. */
export const built = (
  operation: ConsoleOperation,
  typed: Readonly<Record<string, string>>,
  { files = {}, ...options }: BuildOptions & { files?: Readonly<Record<string, string>> } = {},
): Built<string> => buildRequest(operation, { text: (name) => typed[name] ?? '', file: (name) => files[name] }, options);
