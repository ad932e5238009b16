import { z } from 'zod';

/** A JSON Schema as Zod writes it, as far as it is used here. */
export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly maxLength?: number;
}

/** A place in a body, by the names that lead there. */
export type Path = readonly string[];

/** What a body may hold, as JSON Schema. */
export const schemaOf = (schema: z.ZodType): Schema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as unknown as Schema;

/** What a field may hold beside null. */
const given = (schema: Schema): Schema => schema.anyOf?.find(({ type }) => type !== 'null') ?? schema;

/** The key under which an example of a map stands. */
const KEY = 'key';

const membersOf = (schema: Schema): [string, Schema][] => {
  if (schema.items) return [['0', schema.items]];
  const rest = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  return [...Object.entries(schema.properties ?? {}), ...(rest?.type || rest?.anyOf ? [[KEY, rest] as [string, Schema]] : [])];
};

/** Every place of a body, with what may stand there. */
export const placesOf = (schema: Schema, path: Path = []): { path: Path; schema: Schema }[] => {
  const here = given(schema);
  return [{ path, schema: here }, ...membersOf(here).flatMap(([name, member]) => placesOf(member, [...path, name]))];
};

/** Texts that are as long as they are: ids and instants. */
const FIXED: readonly unknown[] = ['guid', 'uuid', 'date-time'];

/** Whether any text may stand there: none of a choice, no id, no instant. */
export const isText = ({ type, enum: choices, const: only, format }: Schema): boolean =>
  type === 'string' && choices === undefined && only === undefined && !FIXED.includes(format);

/**
 * The smallest body that holds a value at a place: that, and what is required beside it.
 * @param textAt what stands for a required text or id
 */
export const bodyWith = (schema: Schema, path: Path, value: unknown, textAt: (path: Path, schema: Schema) => string): unknown => {
  const build = (at: Schema, wanted: Path | undefined, here: Path): unknown => {
    const known = given(at);
    if (wanted?.length === 0) return value;
    const [next, ...rest] = wanted ?? [];
    if (known.type === 'array') return next === undefined ? [] : [build(known.items ?? {}, rest, [...here, next])];
    if (known.type === 'object' || known.properties) {
      const names = new Set([...(known.required ?? []), ...(next === undefined ? [] : [next])]);
      const members = new Map(membersOf(known));
      return Object.fromEntries(
        [...names].map((name) => {
          const inner = [...here, name];
          if (name === next) return [name, build(members.get(name) ?? {}, rest, inner)];
          return [name, build(members.get(name) ?? {}, undefined, inner)];
        }),
      );
    }
    if (known.const !== undefined) return known.const;
    if (known.enum) return known.enum[0];
    if (known.type === 'boolean') return false;
    if (known.type === 'integer' || known.type === 'number') return 1;
    return known.type === 'string' ? textAt(here, known) : [];
  };
  return build(schema, path, []);
};
