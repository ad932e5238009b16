export {
  type RequestDecision,
  type RequestFilter,
  type RequestKind,
  type RequestRef,
  readRef,
  refText,
  type WaitingRequest,
} from './request.ts';
export {
  countRequests,
  decideRequests,
  findUndoable,
  getRequest,
  listRequests,
  mayDecideAny,
  type Outcome,
  type RequestDetails,
  undoRequests,
} from './requests.ts';
export { listRequestChoices, type RequestChoices } from './requests-queries.ts';
