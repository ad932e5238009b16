/** What the console of a page does as the portal does it: `static/js/console.js` uses it, bundled into `static/vendor` by the build. */
export { printAnswer, printFailure } from '../rendering/openapi/console/answer.ts';
export { carriedText, chosenMedia } from '../rendering/openapi/console/body.ts';
export { multipartPieces } from '../rendering/openapi/console/multipart.ts';
export { bodyName } from '../rendering/openapi/console/names.ts';
export { buildRequest } from '../rendering/openapi/console/request.ts';
export { printRequest } from '../rendering/openapi/console/sample.ts';
