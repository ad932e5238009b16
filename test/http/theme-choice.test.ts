import type { Request } from 'express';
import { describe, expect, it } from 'vitest';
import { chosenTheme, inChosenTheme } from '../../src/http/theme-choice.ts';

const asked = (cookie: string): Request => ({ headers: { cookie } }) as Request;
const PAGE = '\n<!doctype html>\n<html lang="en" data-theme="light">\n<p data-theme="light">';

describe('the look that a visitor chose', () => {
  it.each(['light', 'dark', 'system'])('is %s', (theme) => {
    expect(chosenTheme(asked(`a=b; theme=${theme}`))).toBe(theme);
    expect(inChosenTheme(asked(`theme=${theme}`), PAGE)).toBe(PAGE.replace('"light"', `"${theme}"`));
  });

  it.each(['', 'theme=', 'theme=Dark', 'theme=dark"onload="x', 'other=dark', 'theme=%64ark'])('is none in %s', (cookie) => {
    expect(chosenTheme(asked(cookie))).toBeUndefined();
    expect(inChosenTheme(asked(cookie), PAGE)).toBe(PAGE);
  });
});
