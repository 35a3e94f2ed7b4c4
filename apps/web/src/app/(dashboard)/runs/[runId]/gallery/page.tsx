import { GalleryScreen } from "#features/gallery/Screen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly runId: string }>;
}

export default async function RunGalleryPage({ params }: PageProps) {
  const { runId } = await params;
  return <GalleryScreen runId={runId} />;
}
