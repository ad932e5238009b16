export { sendTrial, type TrialSender } from './trials.ts';
