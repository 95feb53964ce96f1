/** Who gives mailboxes to everybody: an address there says nothing about an employer. */

/** Brands under `.com`, a country, or a country's second level: yahoo.co.uk, hotmail.fr. */
const brands = new Set([
  'gmail',
  'googlemail',
  'gmx',
  'hotmail',
  'live',
  'mail',
  'msn',
  'outlook',
  'rocketmail',
  'windowslive',
  'yahoo',
  'yandex',
  'ymail',
]);
const countrySuffix = /^(?:com|net|org|[a-z]{2}|(?:com|co|net|org)\.[a-z]{2})$/;

const domains = new Set(
  `
  126.com 139.com 163.com 1und1.de 21cn.com 263.net 9online.fr abv.bg aim.com alice.it aliceadsl.fr aliyun.com
  aol.com aol.co.uk aol.de aol.fr aol.it arcor.de arnet.com.ar att.net bell.net bellsouth.net bigpond.com bigpond.net.au
  blueyonder.co.uk bluewin.ch bol.com.br breathe.com btinternet.com btopenworld.com cableone.net caiway.nl centrum.cz
  centurylink.net centurytel.net charter.net chello.nl club-internet.fr comcast.net comhem.se cox.net cs.com
  daum.net dbmail.com disroot.org duck.com earthlink.net email.com email.cz email.it embarqmail.com eircom.net
  evc.net excite.com eyou.com fastmail.com fastmail.fm fibertel.com.ar foxmail.com free.fr freemail.hu freenet.de
  freeserve.co.uk frontier.com frontiernet.net globo.com globomail.com go.com hanmail.net hetnet.nl hey.com home.nl
  hush.com hushmail.com i.ua icloud.com ig.com.br iinet.net.au in.com inbox.com inbox.lv inbox.ru inwind.it
  iol.it interia.pl juno.com kabelmail.de keemail.me kolumbus.fi kpnmail.nl laposte.net latinmail.com libero.it list.ru
  lycos.com mac.com mail2world.com mailbox.org mailfence.com mail.com mail.ee mail.ru mailinator.com me.com
  mindspring.com mweb.co.za mynet.com naver.com nate.com neuf.fr netcologne.de netscape.net netzero.net ntlworld.com
  o2.co.uk o2.pl online.de online.no onet.pl onet.eu optimum.net optonline.net optusnet.com.au orange.fr
  osnanet.de ozemail.com.au planet.nl pobox.com poczta.fm posteo.de posteo.net prodigy.net.mx proton.me protonmail.ch
  protonmail.com pm.me qq.com quicknet.nl r7.com rambler.ru rediffmail.com riseup.net roadrunner.com rogers.com runbox.com
  sapo.pt sbcglobal.net seznam.cz sfr.fr shaw.ca sify.com sina.cn sina.com singnet.com.sg sky.com skynet.be snet.net
  sohu.com spray.se startmail.com suddenlink.net swbell.net sympatico.ca t-online.de talktalk.net tele2.nl telefonica.net
  telenet.be telia.com telus.net terra.com terra.com.br terra.es tin.it tiscali.co.uk tiscali.it tlen.pl tom.com tut.by
  tuta.com tuta.io tutanota.com tutanota.de ukr.net uol.com.br usa.net verizon.net versatel.nl videotron.ca virgilio.it
  virgin.net virginmedia.com vodafone.de vp.pl walla.co.il walla.com wanadoo.fr web.de windstream.net wp.pl xs4all.nl
  xtra.co.nz yeah.net zeelandnet.nl ziggo.nl zoho.com zohomail.com zonnet.nl
  guerrillamail.com sharklasers.com temp-mail.org tempmail.com 10minutemail.com trashmail.com yopmail.com maildrop.cc
  getnada.com dispostable.com throwawaymail.com mintemail.com fakeinbox.com mohmal.com moakt.com
  `
    .trim()
    .split(/\s+/),
);

/** @param domain a registrable domain, and its first label and suffix apart */
export const isFreeMail = (domain: string, label: string, suffix: string): boolean =>
  domains.has(domain) || (brands.has(label) && countrySuffix.test(suffix));
