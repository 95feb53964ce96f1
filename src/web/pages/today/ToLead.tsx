import { Link } from '@tanstack/react-router';
import { leadName } from '../handoffs/words.ts';

type Whose = { id: string; name: string | null; email: string | null };

export const ToLead = ({ lead }: { lead: Whose }) => (
  <Link to="/leads/$id" params={{ id: lead.id }}>
    {leadName(lead)}
  </Link>
);

export const ToHandoff = ({ id, lead }: { id: string; lead: Whose }) => (
  <Link to="/handoffs/$id" params={{ id }}>
    {leadName(lead)}
  </Link>
);
