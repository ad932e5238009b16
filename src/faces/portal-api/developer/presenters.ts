import type { Developer } from '../../../domain/developers/index.ts';

/** A developer as they see themselves. */
export const presentDeveloper = (developer: Developer) => ({
  id: developer.id,
  email: developer.email,
  full_name: developer.fullName,
  created_at: developer.createdAt,
  updated_at: developer.updatedAt,
});
