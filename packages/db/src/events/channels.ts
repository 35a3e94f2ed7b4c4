/** NOTIFY channels; the payload of both is a run id. */
export const EVENT_CHANNEL = "seedmask_events";
export const CANCEL_CHANNEL = "seedmask_cancel";
