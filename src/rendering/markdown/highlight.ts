import type { LanguageFn } from 'highlight.js';
import core from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import go from 'highlight.js/lib/languages/go';
import graphql from 'highlight.js/lib/languages/graphql';
import http from 'highlight.js/lib/languages/http';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { escapeHtml } from '../../lib/html.ts';

const LANGUAGES: Readonly<Record<string, LanguageFn>> = {
  ...{ bash, csharp, css, diff, dockerfile, go, graphql, http, ini, java, javascript, json, kotlin, php },
  ...{ python, ruby, rust, shell, sql, swift, typescript, xml, yaml },
};

const highlighter = core.newInstance();
for (const [name, language] of Object.entries(LANGUAGES)) highlighter.registerLanguage(name, language);

// Names people write that the languages themselves do not list.
highlighter.registerAliases(['curl', 'terminal'], { languageName: 'bash' });
highlighter.registerAliases('json5', { languageName: 'json' });

/** Longer blocks are shown plain: colour is not worth the wait. In UTF-16 units. */
const MAX_LENGTH = 50_000;

/** For `a.a.a.…` the grammar of INI and TOML takes time that grows with the square of the length. */
const MAX_INI_LENGTH = 5_000;

/** So do several grammars with the length of a line. */
const LONG_LINE = /[^\n]{2001}/;

const isTooLong = (code: string, language: string): boolean => {
  const isIni = highlighter.getLanguage(language) === highlighter.getLanguage('ini');
  return code.length > (isIni ? MAX_INI_LENGTH : MAX_LENGTH) || LONG_LINE.test(code);
};

/**
 * Code as HTML, its parts in `<span class="hljs-…">`. The language is a name or an alias of it (`sh`, `yml`, `html`), never guessed: code
 * whose language is not known is only escaped, and so is code that is very long or has very long lines.
 */
export const highlightCode = (code: string, language: string | undefined): string => {
  if (language === undefined || highlighter.getLanguage(language) === undefined || isTooLong(code, language))
    return escapeHtml(code);
  return highlighter.highlight(code, { language, ignoreIllegals: true }).value;
};
