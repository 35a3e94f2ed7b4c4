export function findBrowser(): Promise<string | undefined>;
export function ensureBrowser(options: { log: (line: string) => void }): Promise<string>;
