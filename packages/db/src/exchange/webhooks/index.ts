export { sendWebhook, type SendOutcome, type WebhookMessage } from "./send.ts";
