import { ImageScreen } from "#features/gallery/ImageScreen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly dataset: string; readonly imageKey: string }>;
}

export default async function ImagePage({ params }: PageProps) {
  const { dataset, imageKey } = await params;
  return <ImageScreen dataset={dataset} imageKey={imageKey} />;
}
