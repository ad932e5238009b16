import { html, type SafeHtml } from '../../../../lib/html.ts';
import { codeBlock, highlight } from '../html/code.ts';
import { SAMPLE_LANGUAGES } from './languages/index.ts';
import type { SampleRequest } from './request.ts';

/** A code sample, marked up. */
export interface MarkedSample {
  language: string;
  label: string;
  markup: string;
}

/** What the code samples of an operation are written from. */
export interface SampleSource {
  /** In front of their ids; unique in the page. */
  id: string;
  request: SampleRequest;
  /** The document's own samples. */
  own: MarkedSample[];
}

/**
 * Stands in a stored fragment for the code samples, which a page writes when it is shown: samples in all languages are a third of the
 * HTML of a reference, and most are never read. The element's text is JSON. No description can hold such an element, because the
 * sanitiser knows no tag of that name.
 */
const TAG = 'code-samples';
const PLACE = new RegExp(`<${TAG}>([^<]*)</${TAG}>`, 'g');

/** JSON without a character that means anything in HTML. */
const toInertJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);

/** Stands in for the code samples of an operation until {@link fillCodeSamples}. */
export const placeCodeSamples = (source: SampleSource): string => `<${TAG}>${toInertJson(source)}</${TAG}>`;

/** Our languages in their order, each by the document's own sample where it has one; then the document's other samples. */
const samplesOf = ({ request, own }: SampleSource): MarkedSample[] => {
  const given = new Map(own.map((sample) => [sample.label.toLowerCase(), sample]));
  const known = SAMPLE_LANGUAGES.map(({ id: language, label, write }) => {
    const name = label.toLowerCase();
    const sample = given.get(name) ?? { language, label, markup: highlight(write(request), language) };
    given.delete(name);
    return sample;
  });
  return [...known, ...given.values()];
};

/** Code samples under a title. */
export const printCodeSamples = (source: SampleSource, title = 'Request'): SafeHtml => {
  const items = samplesOf(source).map(
    ({ language, label, markup }, index) =>
      html`<details class="sample" name="${source.id}--code" data-lang="${language}"${index === 0 && html` open`}><summary>${label}</summary>${codeBlock(
        markup,
        /^[a-z0-9#+-]{1,20}$/.test(language) ? language : 'text',
      )}</details>`,
  );
  return html`<section class="samples"><h3 id="${source.id}--code">${title}</h3><div class="sample-stack" data-tabs="code">${items}</div></section>`;
};

/** The HTML of a stored fragment with its code samples in place. */
export const fillCodeSamples = (fragment: string): string =>
  // The JSON is what `placeCodeSamples` wrote.
  fragment.replace(PLACE, (_, json: string) => printCodeSamples(JSON.parse(json) as SampleSource).value);

/** What the code samples of a stored fragment are written from; undefined where it has none. */
export const sampleRequestOf = (fragment: string): SampleRequest | undefined => {
  const json = new RegExp(PLACE.source).exec(fragment)?.[1];
  return json === undefined ? undefined : (JSON.parse(json) as SampleSource).request;
};
