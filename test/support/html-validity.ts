import { HtmlValidate } from 'html-validate';

/** What the standard says; how it is written is not looked at. */
const validator = new HtmlValidate({ extends: ['html-validate:standard'] });

/** What is wrong with a page by the HTML standard, each kind of mistake once. */
export const htmlMistakes = async (html: string): Promise<string[]> => {
  const { results } = await validator.validateString(html);
  const messages = results.flatMap((result) => result.messages);
  const kinds = new Map(
    messages.map(({ ruleId, message, line, column }) => [ruleId, `${ruleId} at ${line}:${column}: ${message}`]),
  );
  return [...kinds.values()];
};
