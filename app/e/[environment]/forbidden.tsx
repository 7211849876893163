import { ForbiddenMessage } from '@/components/shell/forbidden-message';

export default function ForbiddenInEnvironment() {
  return <ForbiddenMessage />;
}
