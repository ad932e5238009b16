import { randomUUID } from 'node:crypto';
import type { Trial } from '../../../domain/context.ts';
import type { FieldFile } from '../../../http/uploads.ts';
import { multipartPieces } from '../../../rendering/openapi/console/multipart.ts';
import type { ConsoleRequest, ConsoleRequestBody } from '../../../rendering/openapi/console/types.ts';

const bytesOf = (body: ConsoleRequestBody<FieldFile>): { type: string; bytes: Buffer } => {
  const { type } = body;
  switch (body.kind) {
    case 'text':
      return { type, bytes: Buffer.from(body.text) };
    case 'form':
      return { type, bytes: Buffer.from(new URLSearchParams(body.pairs).toString()) };
    case 'file':
      return { type: type === 'application/octet-stream' ? body.file.type : type, bytes: body.file.bytes };
    default: {
      const boundary = `portico-${randomUUID()}`;
      const pieces = multipartPieces(body.parts, boundary, (file) => file);
      const bytes = Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece.bytes)));
      return { type: `${type}; boundary=${boundary}`, bytes };
    }
  }
};

/** A request of the console as it is sent by way of the portal: there, declared cookies are sent too. */
export const trialOf = ({ method, url, headers, cookies, body }: ConsoleRequest<FieldFile>): Trial => {
  const sent = body && bytesOf(body);
  return {
    method,
    url,
    headers: [
      ...headers.filter(([name]) => !/^cookie$/i.test(name)),
      ...(sent ? [['Content-Type', sent.type] as const] : []),
      ...(cookies.length > 0 ? [['Cookie', cookies.map((pair) => pair.join('=')).join('; ')] as const] : []),
    ],
    body: sent?.bytes,
  };
};
