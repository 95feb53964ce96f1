import { type Template, type TemplateName, templates } from '#engine/pact/templates/index.ts';
import { CallError } from '#platform/errors.ts';
import { command, DONE } from './command.ts';
import { padded } from './terminal/text.ts';

const names = Object.keys(templates) as TemplateName[];

export const template = command({
  name: 'template',
  summary: 'a pact to begin with, by kind of business',
  operands: [{ name: 'NAME', help: `${names.join(', ')}; a list of them when left out`, optional: true }],
  options: {},
  examples: [
    ['leadpact template', 'which there are'],
    ['leadpact template saas > pact.yaml', 'begin with one of them'],
  ],
  run: async ({ operands: [name], format, io }) => {
    if (name !== undefined) await io.out.write(templateNamed(name).source);
    else if (format === 'table') await io.out.write(names.map(line).join(''));
    else await io.out.write(`${JSON.stringify(names.map((one) => ({ name: one, ...summaryOf(one) })))}\n`);
    return DONE;
  },
});

function templateNamed(name: string): Template {
  const known = names.find((one) => one === name.toLowerCase());
  if (known === undefined)
    throw new CallError(`there is no template "${name}"; there are ${names.join(', ')}`);
  return templates[known];
}

const summaryOf = (name: TemplateName) => ({ title: templates[name].title, text: templates[name].text });

const line = (name: TemplateName): string =>
  `${padded(name, 12)}${padded(templates[name].title, 24)}${templates[name].text}\n`;
