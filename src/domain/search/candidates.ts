import { sql } from 'kysely';
import type { Engine } from '../../database/columns.ts';
import type { Context } from '../context.ts';
import type { Candidate, FindHits, Found, Scope } from './candidate.ts';
import { findInPostgres } from './postgres-candidates.ts';
import { anywhere, type Query } from './query.ts';
import { findInSqlite } from './sqlite-candidates.ts';
import { textIndexOf } from './text-index.ts';
import { withForms } from './vocabulary.ts';

const FIND: Readonly<Record<Engine, FindHits>> = { sqlite: findInSqlite, postgres: findInPostgres };

/** What is found of each kind and may be seen: all of it, or as many as are wanted. */
export const findCandidates = async (ctx: Context, wanted: Query, scope: Scope): Promise<Found> => {
  const query = await withForms(ctx, wanted);
  if (query.some(({ forms }) => forms?.length === 0)) return { candidates: [], cutKinds: [] };
  const { candidates, cutKinds, isWhole } = await FIND[ctx.engine](ctx, query, scope);
  return { candidates: isWhole ? await scored(ctx, query, candidates) : candidates, cutKinds };
};

/**
 * Tells how well the prose of documents fits. An engine has to count all entries that hold a word for that, whoever may see them: so it
 * is asked only where these are few: for one term that was not found often.
 */
const scored = async (ctx: Context, query: Query, candidates: readonly Candidate[]): Promise<readonly Candidate[]> => {
  if (query.length > 1 || candidates.filter(({ kind }) => kind === 'document').length < 2) return candidates;
  const hits = textIndexOf(ctx.engine).hits({ kind: 'document', match: anywhere(query), isScored: true });
  const { rows } = await sql<Pick<Candidate, 'id' | 'score'>>`select id, score from ${hits} as hit`.execute(ctx.db);
  const scores = new Map(rows.map(({ id, score }) => [id, score]));
  return candidates.map((candidate) => ({ ...candidate, score: scores.get(candidate.id) ?? 0 }));
};
