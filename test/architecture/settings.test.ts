import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, SETTING_NAMES } from '../../src/config.ts';
import { read } from '../support/source.ts';

describe('settings', () => {
  it('are all in the table of the README, and nothing else is', () => {
    const documented = [...read('README.md').matchAll(/^\| `([A-Z][A-Z0-9_]+)` \|/gm)].map(([, name]) => name);
    const expected = SETTING_NAMES.map((name) => name.replace(/^DATABASE_URL_(US|EU|AU|ME|IN)$/, 'DATABASE_URL_<REGION>'));
    const regional = [...read('README.md').matchAll(/^\| `(DATABASE_URL_<REGION>)` \|/gm)].map(([, name]) => name);
    expect([...documented, ...regional].sort()).toEqual([...new Set(expected)].sort());
  });

  it('need nothing to be given', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', baseUrl: 'http://localhost:3000', portalDomain: 'localhost' });
    expect([...config.regions]).toEqual([['us', 'data/portico.sqlite']]);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('are refused all at once, each by its name', () => {
    const bad = () => readConfig({ PORT: '99999', LOG_LEVEL: 'loud', BASE_URL: 'portal', REGIONS: 'us,moon' });
    expect(bad).toThrow(ConfigError);
    expect(bad).toThrow(/PORT: must be at most 65535/);
    expect(bad).toThrow(/LOG_LEVEL: /);
    expect(bad).toThrow(/BASE_URL: must be an http\(s\) address/);
    expect(bad).toThrow(/REGIONS: must be one of us, eu, au, me, in/);
  });

  it('must hold the secrets in production with PostgreSQL', () => {
    const production = { NODE_ENV: 'production', DATABASE_URL: 'postgres://db/portico' };
    expect(() => readConfig(production)).toThrow(/SECRET_KEY: must be given/);
    expect(readConfig({ ...production, SECRET_KEY: 'x'.repeat(32) }).secretKey).toBe('x'.repeat(32));
    expect(readConfig({ NODE_ENV: 'production' }).secretKey).toBeUndefined();
  });

  it('give each region a database of its own', () => {
    const config = readConfig({ REGIONS: 'eu,us', DATABASE_URL_US: 'postgres://db/us' });
    expect(config.defaultRegion).toBe('eu');
    expect([...config.regions]).toEqual([
      ['eu', 'data/portico.sqlite'],
      ['us', 'postgres://db/us'],
    ]);
    expect(() => readConfig({ REGIONS: 'eu,us', DATABASE_URL_US: 'x', DATABASE_URL_EU: 'x' })).toThrow(/a database of its own/);
    expect(() => readConfig({ REGIONS: 'eu', DEFAULT_REGION: 'us' })).toThrow(/DEFAULT_REGION: must be one of REGIONS/);
  });
});
