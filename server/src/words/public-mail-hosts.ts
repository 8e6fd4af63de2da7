/**
 * Domains under which anybody can have an address, so that two addresses in one say nothing of their owners. The
 * largest hosts of Europe, America and Asia are here, and access providers that give their customers an address; written
 * down from common knowledge on 2026-11-22, not taken from a published list. A host that is missing makes a
 * customer look like the partner it shares the host with: `attribution.selfPurchaseByDomain` turns the rule off.
 */
const hosts = `
gmail.com googlemail.com
outlook.com outlook.at outlook.be outlook.cl outlook.co.id outlook.co.th outlook.com.ar outlook.com.au outlook.com.br
outlook.com.tr outlook.com.vn outlook.cz outlook.de outlook.dk outlook.es outlook.fr outlook.hu outlook.ie outlook.in
outlook.it outlook.jp outlook.kr outlook.lv outlook.my outlook.ph outlook.pt outlook.sa outlook.sg outlook.sk
live.com live.at live.be live.ca live.cl live.cn live.co.uk live.co.za live.com.ar live.com.au live.com.mx live.com.pt
live.de live.dk live.fr live.hk live.ie live.in live.it live.jp live.nl live.no live.ru live.se msn.com passport.com
windowslive.com
yahoo.com ymail.com rocketmail.com myyahoo.com aol.com aim.com aol.de aol.fr aol.co.uk aol.it verizon.net
icloud.com me.com mac.com
proton.me protonmail.com protonmail.ch pm.me tuta.com tuta.io tutanota.com tutanota.de tutamail.com keemail.me
gmx.com gmx.net gmx.de gmx.at gmx.ch gmx.fr gmx.us gmx.eu gmx.info gmx.org gmx.biz gmx.co.uk gmx.es
web.de mail.com email.com usa.com post.com europe.com consultant.com engineer.com
email.de freenet.de t-online.de magenta.de arcor.de vodafonemail.de online.de 1und1.de o2online.de o2mail.de
kabelmail.de unitybox.de posteo.de posteo.net mailbox.org freemail.de onlinehome.de
bluewin.ch hispeed.ch sunrise.ch a1.net aon.at chello.at
orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr aliceadsl.fr cegetel.net
libero.it virgilio.it tin.it alice.it tim.it tiscali.it iol.it inwind.it poste.it fastwebnet.it tiscali.co.uk
btinternet.com btopenworld.com ntlworld.com virginmedia.com sky.com talktalk.net blueyonder.co.uk plus.net
telenet.be skynet.be proximus.be ziggo.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl xs4all.nl home.nl chello.nl
telia.com bredband.net spray.se comhem.se online.no getmail.no frisurf.no jubii.dk tdcadsl.dk kolumbus.fi luukku.com
wp.pl o2.pl onet.pl onet.eu op.pl interia.pl interia.eu poczta.onet.pl gazeta.pl vp.pl tlen.pl poczta.fm
seznam.cz email.cz post.cz centrum.cz atlas.cz volny.cz centrum.sk azet.sk zoznam.sk post.sk
freemail.hu citromail.hu t-online.hu abv.bg mail.bg dir.bg inbox.lv inbox.lt mail.ee hot.ee
terra.es telefonica.net movistar.es ono.com sapo.pt netcabo.pt iol.pt clix.pt otenet.gr forthnet.gr in.gr
mail.ru inbox.ru list.ru bk.ru internet.ru vk.com yandex.ru yandex.com ya.ru yandex.by yandex.kz yandex.ua narod.ru
rambler.ru lenta.ru ukr.net i.ua meta.ua bigmir.net
comcast.net xfinity.com att.net sbcglobal.net bellsouth.net cox.net charter.net spectrum.net earthlink.net juno.com
netzero.net optonline.net windstream.net frontier.com centurylink.net roadrunner.com rr.com
rogers.com shaw.ca sympatico.ca bell.net videotron.ca telus.net cogeco.ca
bigpond.com bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au xtra.co.nz
uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com r7.com zipmail.com.br prodigy.net.mx
qq.com foxmail.com 163.com 126.com yeah.net 188.com sina.com sina.cn sohu.com 139.com 189.cn aliyun.com tom.com 21cn.com
naver.com hanmail.net daum.net nate.com kakao.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp au.com nifty.com biglobe.ne.jp
excite.co.jp rediffmail.com sify.com indiatimes.com walla.co.il walla.com netvision.net.il bezeqint.net mynet.com
fastmail.com fastmail.fm hey.com hushmail.com runbox.com mailfence.com zoho.com zohomail.com zohomail.eu startmail.com
disroot.org riseup.net duck.com mozmail.com privaterelay.appleid.com simplelogin.com passmail.net anonaddy.com addy.io
mailinator.com guerrillamail.com yopmail.com 10minutemail.com trashmail.com temp-mail.org
`;

const known = new Set(hosts.trim().split(/\s+/));

/** Hosts that give out addresses under their own name in many countries, as `yahoo.fr` and `hotmail.co.uk`. */
const inManyCountries = /^(?:yahoo|hotmail|ymail)\.[a-z]{2,3}(?:\.[a-z]{2})?$/;

/** Whether anybody can have an address in this domain; given in lower case and ASCII, as `normalizeEmail` spells it. */
export const isPublicMailHost = (domain: string): boolean =>
  known.has(domain) || inManyCountries.test(domain);
