import { describe, expect, it } from 'vitest';
import { createPasswords } from '../../src/connectors/passwords.ts';

const passwords = createPasswords({ memory: 8, passes: 1 });

describe('passwords', () => {
  it('are kept as argon2id of the cost that is set', async () => {
    expect(await passwords.hash('kingfisher-harbour')).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/);
  });

  it('match their hash only', async () => {
    const hash = await passwords.hash('kingfisher-harbour');
    expect(await passwords.verify(hash, 'kingfisher-harbour')).toBe(true);
    expect(await passwords.verify(hash, 'kingfisher-harbor')).toBe(false);
    expect(await passwords.verify(undefined, 'nobody has this password')).toBe(false);
    expect(await passwords.verify(null, 'kingfisher-harbour')).toBe(false);
  });

  it.each([
    'short',
    'password12',
    'aaaaaaaaaaaaaaaaaaaa',
    '12345678901234567890',
    'qwertyuiop12',
    'iloveyou2026',
    'x'.repeat(257),
  ])('are refused when weak: %s', async (password) => expect(await passwords.weakness(password, [])).toMatch(/[Cc]hoose/));

  it('are refused when they say who chose them', async () => {
    const personal = ['Wilhelmina Featherstone', 'wilhelmina.featherstone@example.com'];
    expect(await passwords.weakness('wilhelmina.featherstone', personal)).toBeDefined();
    expect(await passwords.weakness('wilhelmina.featherstone@example.com', personal)).toBeDefined();
  });

  it.each(['kingfisher-harbour', 'correct horse battery staple', 'Zn7#qLw92!xT', 'длинный и необычный пароль'])(
    'are taken when strong: %s',
    async (password) => expect(await passwords.weakness(password, [])).toBeUndefined(),
  );
});
