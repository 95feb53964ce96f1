import { useEffect, useState } from 'react';

/** The present instant, told anew every so many milliseconds: what is shown in relation to now stays true. */
export function useNow(every = 30_000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
