import { createConfig, detectSpec, getTypes, type NormalizedNodeType, normalizeTypes } from '@redocly/openapi-core';

/** openapi-core with the one rule that is used. */
export const config = await createConfig({ rules: { struct: 'error' } });

type Types = ReturnType<typeof getTypes>;

/** The same type with other properties. */
const withProperties = (types: Types, name: string, properties: Types[string]['properties']): Types => {
  const type = types[name];
  return type === undefined ? types : { ...types, [name]: { ...type, properties: { ...type.properties, ...properties } } };
};

/** What openapi-core does not know of OpenAPI 3.2: parts inside parts, a style of cookies, media types and scopes in maps of their own. */
const completed = (types: Types): Types => {
  const parts = {
    encoding: 'EncodingMap',
    prefixEncoding: { name: 'EncodingList', properties: {}, items: 'Encoding' },
    itemEncoding: 'Encoding',
  };
  const styles = { enum: ['form', 'simple', 'label', 'matrix', 'spaceDelimited', 'pipeDelimited', 'deepObject', 'cookie'] };
  const scopes = types['ImplicitFlow']?.properties['scopes'];
  const changed = withProperties(withProperties(types, 'Encoding', parts), 'Parameter', { style: styles });
  return {
    ...(scopes === undefined ? changed : withProperties(changed, 'DeviceAuthorization', { scopes })),
    NamedMediaTypes: { properties: {}, additionalProperties: 'MediaType' },
  };
};

const VOCABULARY = { $vocabulary: { type: 'object' } } as const;

/** In Swagger 2.0 a response may be a file. */
const withFiles = (types: Types): Types => {
  const names = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null', 'file'];
  return withProperties(types, 'Schema', { type: { type: 'string', enum: names } });
};

/** The types of the version that a document declares, by name. */
export const structureTypes = (document: Record<string, unknown>): Record<string, NormalizedNodeType> => {
  const version = detectSpec(document);
  const types = config.extendTypes(getTypes(version), version);
  if (version === 'oas2') return normalizeTypes(withFiles(types), config);
  const known = types['Schema']?.properties['$vocabulary'] === undefined ? types : withProperties(types, 'Schema', VOCABULARY);
  return normalizeTypes(version === 'oas3_2' ? completed(known) : known, config);
};
