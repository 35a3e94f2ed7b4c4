/** Addresses of files the server streams; each names its content by hash, so browsers keep them. */
export const maskUrl = (artifact: string, imageKey: string): string =>
  `/api/artifacts/${artifact}/masks/${imageKey}.png`;
export const scoresUrl = (artifact: string, imageKey: string): string =>
  `/api/artifacts/${artifact}/scores/${imageKey}.safetensors`;
export const artifactFileUrl = (artifact: string, path: string): string =>
  `/api/artifacts/${artifact}/${path}`;
export const imageUrl = (dataset: string, imageKey: string): string =>
  `/api/datasets/${dataset}/images/${imageKey}`;
export const truthUrl = (dataset: string, imageKey: string): string =>
  `/api/datasets/${dataset}/masks/${imageKey}.png`;
export const thumbnailUrl = (dataset: string, imageKey: string): string =>
  `/api/datasets/${dataset}/thumbnails/${imageKey}.webp`;
export const previewUrl = (importId: string, file: string): string =>
  `/api/previews/${importId}/${file}`;
