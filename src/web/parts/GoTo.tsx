import { useRouter } from '@tanstack/react-router';
import type { ComponentProps, MouseEvent } from 'react';

type Props = ComponentProps<'a'> & {
  href: string;
  /** Stays where it is on the page: what opens lies over it. */
  stay?: boolean;
};

/** A link to an address of ours that is put together from what the server said, with its query. */
export function GoTo({ href, stay = false, ...rest }: Props) {
  const router = useRouter();
  const go = (event: MouseEvent<HTMLAnchorElement>): void => {
    // Another tab or a download is the browser's own affair.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void router.navigate({ href, resetScroll: !stay });
  };
  return <a href={href} onClick={go} {...rest} />;
}
