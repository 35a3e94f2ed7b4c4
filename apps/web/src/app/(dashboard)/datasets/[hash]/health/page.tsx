import { HealthScreen } from "#features/datasets/HealthScreen.tsx";

export default function HealthPage() {
  return <HealthScreen />;
}
