/** Templates to begin a draft with; their texts are fetched when one is chosen. */
import type { TemplateName } from '#engine/pact/templates/index.ts';

export const templates: readonly { id: TemplateName; name: string }[] = [
  { id: 'saas', name: 'B2B software' },
  { id: 'industrial', name: 'Industrial' },
  { id: 'services', name: 'Professional services' },
  { id: 'agency', name: 'Agency' },
  { id: 'education', name: 'Education' },
];

export async function templateText(id: string): Promise<string> {
  const { templates: texts } = await import('#engine/pact/templates/index.ts');
  return texts[id as TemplateName].source;
}
