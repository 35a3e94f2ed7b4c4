import { VersionsScreen } from "#features/datasets/VersionsScreen.tsx";

export default function VersionsPage() {
  return <VersionsScreen />;
}
