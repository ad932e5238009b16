/** How a receiver checks a line, as the administration shows it: complete, to be copied. */
export const SIGNATURE_EXAMPLE = String.raw`import { createPublicKey, verify } from 'node:crypto';

// line: of the body, once it is unzipped; keys: those of jwks.json
export const isGenuine = (line, keys) => {
  const json = /^(.*),"sig":"([\w-]+)"\}$/.exec(line);
  const cef = /^(.*) sig=([\w-]+)$/.exec(line);
  const [, text = '', signature = ''] = json ?? cef ?? [];
  const signed = Buffer.from(json ? text + '}' : text);
  return keys.some((key) =>
    verify(null, signed, createPublicKey({ key, format: 'jwk' }), Buffer.from(signature, 'base64url')),
  );
};
`;
