export * from "./factories.ts";
export * from "./with-database.ts";
