/**
 * What the console asks about an operation, and the request that it makes of the answers. All of it is plain data: it is made in a child
 * process, and used by the portal and by browsers alike (`src/vendor/console.ts`).
 */

/** Something that is typed or chosen. */
export interface ConsoleField {
  /** What the API calls it. */
  name: string;
  /** `list`: a value a line; `json`: an object, or what is nested in other ways. */
  kind: 'text' | 'choice' | 'list' | 'json' | 'file';
  /** All that it may be; of a list, what each line may be. May be empty. */
  choices: string[];
  required: boolean;
  /** In a few words, such as `integer`. */
  type: string;
  description: string;
  /** What it holds before anybody has typed. */
  initial: string;
  /** What it might hold; empty where nothing is told. */
  example: string;
}

export interface ConsoleParameter extends ConsoleField {
  place: string;
  style: string;
  explode: boolean;
  allowReserved: boolean;
  /** Whether it may be sent with nothing in it. */
  allowEmptyValue: boolean;
  /** Of one that is written as a media type. */
  mediaType: string | undefined;
}

/** A field of a form; what its encoding does not say is undefined. */
export interface ConsoleFormField extends ConsoleField {
  style: string | undefined;
  explode: boolean | undefined;
  contentType: string | undefined;
}

/** A body of one media type. */
export interface ConsoleBody {
  type: string;
  kind: 'text' | 'form' | 'multipart' | 'file';
  /** Of a text. */
  initial: string;
  /** Of forms. */
  fields: ConsoleFormField[];
}

/** A way of proving oneself. */
export interface ConsoleScheme {
  name: string;
  /** `other`: nothing that could be typed. */
  kind: 'key' | 'basic' | 'token' | 'other';
  place: string;
  /** Name of the header, query parameter or cookie. */
  parameter: string;
  /** In front of a token. */
  prefix: string;
  /** How it works, in a few words. */
  words: string;
}

export interface ConsoleServer {
  /** Absolute, http or https; variables stand in braces. */
  url: string;
  description: string;
  variables: { name: string; default: string; options: string[] }[];
}

/** An operation as the console shows it. */
export interface ConsoleOperation {
  /** Upper case. */
  method: string;
  path: string;
  /** Those that can be reached by their address. */
  servers: ConsoleServer[];
  /** Addresses of the others, as they are written. */
  unreachable: string[];
  /** What stands in code samples for a server where there is none. */
  sampleBase: string;
  parameters: ConsoleParameter[];
  bodies: ConsoleBody[];
  bodyRequired: boolean;
  schemes: ConsoleScheme[];
  /** Names of schemes that are needed together, alternatives each. */
  requirements: string[][];
  /** For the header; empty where the operation says nothing. */
  accept: string;
}

/** What was typed, by the names of `names.ts`. `File` is what the surroundings have for files. */
export interface ConsoleAnswers<File> {
  text(name: string): string;
  file(name: string): File | undefined;
}

/** A part of a multipart body. */
export type ConsolePart<File> = { name: string; value: string; contentType: string | undefined } | { name: string; file: File };

export type ConsoleRequestBody<File> =
  | { kind: 'text'; type: string; text: string }
  | { kind: 'form'; type: string; pairs: [string, string][] }
  | { kind: 'multipart'; type: string; parts: ConsolePart<File>[] }
  | { kind: 'file'; type: string; file: File };

export interface ConsoleRequest<File> {
  method: string;
  url: string;
  /** Without the content type of the body. */
  headers: [string, string][];
  cookies: [string, string][];
  body: ConsoleRequestBody<File> | undefined;
}

/** What is wrong with what was typed. */
export interface ConsoleProblem {
  /** Name of the field. */
  field: string;
  text: string;
}
