import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../support/source.ts';

/** An API description, and an operation of it that somebody was sent a link to. */
export interface Asked {
  readonly name: string;
  readonly file: string;
  readonly bytes: Buffer;
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  /** What our page of it is called, if not like its id. */
  readonly address?: string;
  /** The operation's first tag, if it has any. */
  readonly tag?: string;
  /** A piece of its text that stands nowhere else, in no navigation either, and holds no markup. */
  readonly phrase: string;
}

type Question = Omit<Asked, 'name' | 'bytes'>;

/** Small, medium, large and very large, of the corpus. */
const CORPUS: Readonly<Record<string, Question>> = {
  petstore: {
    file: 'petstore-v3.yaml',
    method: 'get',
    path: '/pets/{petId}',
    operationId: 'showPetById',
    tag: 'pets',
    phrase: 'The id of the pet to retrieve',
  },
  box: {
    file: 'box.json',
    method: 'delete',
    path: '/users/{user_id}/avatar',
    operationId: 'delete_users_id_avatar',
    tag: 'User avatars',
    phrase: 'You cannot reverse this operation',
  },
  stripe: {
    file: 'stripe.json',
    method: 'post',
    path: '/v1/issuing/authorizations/{authorization}/decline',
    operationId: 'PostIssuingAuthorizationsAuthorizationDecline',
    phrase: 'Declines a pending Issuing',
  },
  github: {
    file: 'github.json',
    method: 'post',
    path: '/repos/{owner}/{repo}/hooks',
    operationId: 'repos/create-webhook',
    address: 'post-repos-owner-repo-hooks',
    tag: 'repos',
    phrase: 'Repositories can have multiple webhooks installed',
  },
};

/** What there is without the corpus. */
const OWN: Readonly<Record<string, Question>> = {
  sailings: {
    file: 'data/seed/products/sailings/specs/v2.yaml',
    method: 'post',
    path: '/journeys/search',
    operationId: 'searchJourneys',
    tag: 'Journeys',
    phrase: 'Finds up to twelve ways from one port to another',
  },
};

/** The documents to ask for, all or some by name: of the corpus in SHARED_DIR, else of the project itself. @throws for an unknown name */
export const documentsToAsk = (names: readonly string[]): Asked[] => {
  const corpus = path.join(process.env['SHARED_DIR'] ?? path.join(ROOT, '../shared'), 'corpus');
  const hasCorpus = existsSync(corpus);
  if (!hasCorpus) console.log(`There is no corpus in ${corpus}: documents of the project itself are shown.`);
  const questions = hasCorpus ? CORPUS : OWN;
  const unknown = names.find((name) => !Object.hasOwn(questions, name));
  if (unknown !== undefined) throw new Error(`There is no document ${unknown}; there are: ${Object.keys(questions).join(', ')}`);
  return Object.entries(questions)
    .filter(([name]) => names.length === 0 || names.includes(name))
    .map(([name, question]) => {
      const file = path.join(hasCorpus ? corpus : ROOT, question.file);
      return { ...question, name, file, bytes: readFileSync(file) };
    });
};
