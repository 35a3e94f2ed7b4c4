import { DatasetScreen } from "#features/datasets/DetailScreen.tsx";

export default function DatasetPage() {
  return <DatasetScreen />;
}
