import { describe, expect, it } from 'vitest';
import { hashSecret, isSameSecret, newSecret, seal, unseal } from '../../../src/domain/secrets/index.ts';

const holder = { secretKey: 'a secret that is long enough for a test' };

describe('secrets', () => {
  it('are hashed under the key of the installation, each use for itself', () => {
    const secret = newSecret();
    expect(hashSecret(holder, 'session', secret)).toBe(hashSecret(holder, 'session', secret));
    expect(hashSecret(holder, 'session', secret)).not.toBe(hashSecret(holder, 'link', secret));
    expect(hashSecret({ secretKey: 'another' }, 'session', secret)).not.toBe(hashSecret(holder, 'session', secret));
  });

  it('are read again only as they were sealed', () => {
    const sealed = seal(holder, 'totp', 'JBSWY3DP');
    expect(sealed).not.toContain('JBSWY3DP');
    expect(seal(holder, 'totp', 'JBSWY3DP')).not.toBe(sealed);
    expect(unseal(holder, 'totp', sealed)).toBe('JBSWY3DP');
    expect(unseal(holder, 'other', sealed)).toBeUndefined();
    expect(unseal({ secretKey: 'another' }, 'totp', sealed)).toBeUndefined();
    expect(unseal(holder, 'totp', `${sealed.slice(0, -2)}AA`)).toBeUndefined();
    expect(unseal(holder, 'totp', 'v1.AA')).toBeUndefined();
    expect(unseal(holder, 'totp', 'nothing of the kind')).toBeUndefined();
  });

  it('are compared as wholes', () => {
    expect(isSameSecret('abc', 'abc')).toBe(true);
    expect(isSameSecret('abc', 'abd')).toBe(false);
    expect(isSameSecret('abc', 'ab')).toBe(false);
  });
});
