import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { appearanceDefaults, FONT_NAMES, THEME_NAMES } from '../../../src/rendering/theme/index.ts';

const SHARED = process.env['SHARED_DIR'] ?? join(import.meta.dirname, '../../../../shared');
const FILE = join(SHARED, 'contract/reference/portal-management.yaml');

describe.skipIf(!existsSync(FILE))('the defaults of the contract', () => {
  const { schemas } = (existsSync(FILE) ? parse(readFileSync(FILE, 'utf8')) : { components: {} }).components as {
    schemas: Record<string, { enum?: string[]; example?: unknown }>;
  };

  it('are the same', () => {
    expect(appearanceDefaults()).toEqual(schemas['AppearanceDefaults']?.example);
  });

  it('know the same themes and fonts', () => {
    expect(THEME_NAMES).toEqual(schemas['PortalTheme']?.enum);
    expect(FONT_NAMES).toEqual(schemas['AppearanceFontName']?.enum);
  });
});
