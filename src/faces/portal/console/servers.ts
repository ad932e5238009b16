import { fieldId } from '../../../http/forms.ts';
import { SERVER, variableName } from '../../../rendering/openapi/console/names.ts';
import type { ConsoleOperation } from '../../../rendering/openapi/console/types.ts';
import type { Filled } from './form.ts';

/** Which server, and what its variables are. */
export const serverFields = ({ servers }: ConsoleOperation, { answers }: Filled): object[] => [
  ...(servers.length > 1
    ? [
        {
          ...{ name: SERVER, id: fieldId(SERVER), label: 'Address', type: 'select', value: answers.text(SERVER) || '0' },
          options: servers.map(({ url, description }, index) => ({
            value: String(index),
            text: description === '' ? url : `${url} (${description})`,
          })),
        },
      ]
    : []),
  ...servers.flatMap(({ url, variables }, server) =>
    variables.flatMap(({ name, default: value, options }, index) => {
      const field = variableName(server, index);
      const typed = answers.text(field) || value;
      if (options.length < 2) return [];
      return {
        ...{ name: field, id: fieldId(field), label: name, type: 'select', value: typed },
        ...(servers.length > 1 ? { hint: `Of ${url}` } : {}),
        options: options.map((option) => ({ value: option, text: option })),
      };
    }),
  ),
];

const listed = (addresses: readonly string[]): string => addresses.join(', ');

/**
 * Why nothing can be sent to some servers, or to any; empty where all can be asked. What is relative is relative to where the document is
 * served for the API: here that would be the portal, which is none.
 */
export const serverWords = ({ servers, unreachable, sampleBase }: ConsoleOperation): string => {
  const relative = unreachable.filter((address) => !address.includes('://'));
  const others = unreachable.filter((address) => address.includes('://'));
  const isAny = servers.length > 0;
  const named = `The specification ${isAny ? 'also ' : ''}names ${listed(relative)} without a host`;
  const placeholder = others.length === 0 ? ` with ${sampleBase} where the API’s own address belongs` : '';
  return [
    ...(relative.length > 0 ? [`${named}: a place on the server of the API, which this portal is not.`] : []),
    ...(others.length > 0
      ? [`Only addresses that begin with http or https can be asked from here, and not ${listed(others)}.`]
      : []),
    ...(unreachable.length === 0 && !isAny ? ['The specification names no server.'] : []),
    ...(isAny ? [] : [`Nothing can be sent from here. The code shows the request${placeholder}.`]),
  ].join(' ');
};
