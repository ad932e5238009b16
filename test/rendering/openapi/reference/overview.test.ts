import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { referenceOf, words } from './support.ts';

describe('overview', () => {
  const reference = referenceOf(`openapi: 3.1.0
info:
  title: Trains
  version: 2.1
  summary: Book trains
  description: "# Welcome\\n\\nto *trains*"
  termsOfService: https://example.com/terms
  contact: {name: Support, url: "https://example.com/help", email: help@example.com}
  license: {name: Apache 2.0, identifier: Apache-2.0}
externalDocs: {url: "https://example.com/docs", description: Guides}
servers: [{url: "https://{env}.example.com", description: Main, variables: {env: {default: live, enum: [live, test], description: Which one}}}]
components:
  securitySchemes:
    oauth:
      type: oauth2
      description: Sign *in*
      flows: {authorizationCode: {authorizationUrl: "https://example.com/auth", tokenUrl: "https://example.com/token", scopes: {read: Read all, write: ""}}}
    oidc: {type: openIdConnect, openIdConnectUrl: "https://example.com/.well-known/openid-configuration"}
paths: {}`);
  const $ = load(reference.overviewHtml, null, false);

  it('has the facts of the index', () => {
    expect(reference).toMatchObject({ title: 'Trains', apiVersion: '2.1', specVersion: '3.1.0', summary: 'Book trains' });
  });

  it('shows description, contact, licence, terms and further documentation', () => {
    expect($('.prose em').first().text()).toBe('trains');
    expect(
      $('.overview-facts > div')
        .toArray()
        .map((each) => words($(each).text())),
    ).toEqual([
      'ContactSupport, help@example.com',
      'LicenceApache 2.0 (Apache-2.0)',
      'Terms of servicehttps://example.com/terms',
      'MoreGuides',
    ]);
    expect($('a[href^=mailto]').attr('href')).toBe('mailto:help@example.com');
  });

  it('cuts a description that nobody can read, and says so', () => {
    const long = referenceOf(`openapi: 3.1.0
info: {title: Long, version: "1", description: "${'many *words* '.repeat(200_000)}"}
paths: {}`);
    expect(long.overviewHtml.length).toBeLessThan(400_000);
    expect(load(long.overviewHtml, null, false)('.prose > .schema-note').text()).toContain('not shown');
    expect(long.summary).toMatch(/^many words many .*…$/);
  });

  it('shows servers with their variables', () => {
    expect(words($('.servers').text())).toContain('{env}');
    expect(words($('.servers').text())).toContain('one of live test');
  });

  it('shows security schemes with flows and scopes', () => {
    expect(
      $('.security-scheme > h3')
        .toArray()
        .map((each) => $(each).text()),
    ).toEqual(['oauth', 'oidc']);
    expect(
      $('.security-scheme dt')
        .toArray()
        .map((each) => $(each).text()),
    ).toEqual(['Authorization URL', 'Token URL', 'read', 'write']);
    expect(words($('.scopes').first().text())).toBe('readRead allwrite');
    // The only flow of a scheme is what one looks for.
    expect(words($('.security-scheme details[open]').text())).toContain('Scopes');
    expect($('#security-2 a').attr('href')).toContain('openid-configuration');
  });
});
