import { agency } from './agency.ts';
import { education } from './education.ts';
import { industrial } from './industrial.ts';
import { saas } from './saas.ts';
import { services } from './services.ts';

export type TemplateName = 'saas' | 'industrial' | 'services' | 'agency' | 'education';

/** A pact to begin with. */
export type Template = {
  title: string;
  /** Whom it is for, in a sentence. */
  text: string;
  /** The pact file, YAML, with golden leads that pass and nothing for lint to find. */
  source: string;
};

/** Pacts by business model, to be changed: every number in them is a place to begin, not a finding. */
export const templates: Readonly<Record<TemplateName, Template>> = {
  saas: {
    title: 'B2B SaaS',
    text: 'Software by subscription, with a trial, sold to companies of 20 to 1,000 people.',
    source: saas,
  },
  industrial: {
    title: 'Industrial',
    text: 'Machines, components and plants, sold through technical people over months.',
    source: industrial,
  },
  services: {
    title: 'Professional services',
    text: 'Advice by the hour or the project: consultants, engineers, lawyers, accountants.',
    source: services,
  },
  agency: {
    title: 'Agency',
    text: 'Marketing, design and digital work, by project and by retainer.',
    source: agency,
  },
  education: {
    title: 'Education',
    text: 'Courses and degrees for people in work and for their employers.',
    source: education,
  },
};
