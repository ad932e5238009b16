import { type ChangeLinks, EFFECT_LABELS, sectionsOf } from './page-model.ts';
import { asMarkdown, sentenceOf } from './tell.ts';
import { type Comparison, type Difference, EFFECTS, type OperationChange, type SchemaChange } from './types.ts';

const linked = (label: string, href: string | false): string => (href === false ? label : `[${label}](${href})`);

const lineOf = (difference: Difference): string => `- ${EFFECT_LABELS[difference.effect]}: ${asMarkdown(sentenceOf(difference))}`;

const headingOf = (change: OperationChange | SchemaChange, links: ChangeLinks): string => {
  if ('name' in change) return linked(asMarkdown([{ code: change.name }]), links.schema(change.name));
  const label = asMarkdown([{ code: `${change.method.toUpperCase()} ${change.path}` }]);
  return linked(label, change.change === 'removed' ? false : links.operation(change.address));
};

const countsOf = ({ counts }: Comparison): string =>
  EFFECTS.map((effect) => `${counts[effect]} ${EFFECT_LABELS[effect].toLowerCase()}`).join(', ');

/** What differs, as Markdown: texts are counted, not listed. */
export const changesMarkdown = (comparison: Comparison, links: ChangeLinks): string =>
  [
    `Differences: ${countsOf(comparison)}.`,
    ...(comparison.isCut ? ['\nThere are more than are listed here.'] : []),
    ...sectionsOf(comparison, 'all').flatMap(({ title, changes }) =>
      changes.length === 0
        ? []
        : [
            `\n## ${title}`,
            ...changes.flatMap((change) => [
              'address' in change || 'name' in change ? `\n### ${headingOf(change, links)}\n` : '',
              ...change.differences.map(lineOf),
            ]),
          ],
    ),
    '',
  ].join('\n');
