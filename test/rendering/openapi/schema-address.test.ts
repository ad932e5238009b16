import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaAddress, schemaNameAt } from '../../../src/rendering/openapi/schema-address.ts';

describe('addresses of schemas', () => {
  it.each([
    ['Ship', 'Ship'],
    ['Ship.html', 'Ship.html'],
    ['Ship.md', 'Ship.md.html'],
    ['Ship.md.html', 'Ship.md.html.html'],
    ['.', '..html'],
    ['..', '...html'],
    ['', '.html'],
  ])('of %j: %s', (name, address) => {
    expect(schemaAddress(name)).toBe(address);
  });

  it('stand for one name each, are no steps of a path, and ask for no Markdown', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(?:\.|a|\.md|\.html|md|html){0,6}$/), (name) => {
        const address = schemaAddress(name);
        expect(schemaNameAt(address)).toBe(name);
        expect(address).not.toMatch(/^\.{0,2}$|\.md$/);
      }),
    );
  });
});
