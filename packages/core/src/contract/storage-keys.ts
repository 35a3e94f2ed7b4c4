/** Storage keys, the same on disk and in an S3 bucket. */
export const artifactKey = (hash: string, path: string): string => `artifacts/${hash}/${path}`;
export const artifactManifestKey = (hash: string): string => artifactKey(hash, "manifest.json");
export const maskPath = (imageKey: string): string => `masks/${imageKey}.png`;
export const scorePath = (imageKey: string): string => `scores/${imageKey}.safetensors`;
export const datasetKey = (hash: string, path: string): string => `datasets/${hash}/${path}`;
export const thumbnailPath = (imageKey: string): string => `thumbnails/${imageKey}.webp`;
