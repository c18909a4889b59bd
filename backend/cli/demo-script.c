/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo-script.h"

#define LINES(array) (array), G_N_ELEMENTS (array)

static const CfdDemoLine tracking[] = {
  { CFD_DEMO_VISITOR, 0, "Hi, my order 1182 hasn't arrived yet and the tracking page has been empty since Monday" },
  { CFD_DEMO_FIRST, 2, "Let me look that up for you, Ana." },
  { CFD_DEMO_READ, 1, NULL },
  { CFD_DEMO_NOTE, 3, "The carrier lost it: their depot in Porto has no scan. Refund or resend is fine with me." },
  { CFD_DEMO_FIRST, 2, "The parcel got lost at the carrier's depot, I'm sorry. I can send a new one today, or refund you. Which do you prefer?" },
  { CFD_DEMO_VISITOR, 4, "A new one please! And I need it by Friday, it is a birthday present 🎁" },
};

static const CfdDemoLine shipping[] = {
  { CFD_DEMO_VISITOR, 0, "Bonjour, do you ship to Lyon? What would it cost for the oak shelf?" },
};

static const CfdDemoLine invoice[] = {
  { CFD_DEMO_VISITOR, 0, "Hello, we need an invoice with our VAT number on it for order 1147." },
  { CFD_DEMO_SECOND, 6, "Of course. Which number should it be?" },
  { CFD_DEMO_VISITOR, 3, "DE 293 775 142\nKontor & Kompass GmbH\nSpeicherstadt 4, 20457 Hamburg" },
  { CFD_DEMO_SECOND, 5, "Thank you, the new invoice is in your mail." },
  { CFD_DEMO_READ, 1, NULL },
};

static const CfdDemoLine japanese[] = {
  { CFD_DEMO_VISITOR, 0, "こんにちは。木製のランプは日本の100Vでも使えますか？" },
  { CFD_DEMO_SECOND, 9, "Hello! Yes, the lamp takes 100–240 V, only a plug adapter is needed." },
  { CFD_DEMO_VISITOR, 2, "ありがとうございます！注文します。" },
};

static const CfdDemoLine arabic[] = {
  { CFD_DEMO_VISITOR, 0, "مرحبا، هل يمكنني تغيير عنوان التوصيل للطلب رقم 1190؟" },
};

static const CfdDemoLine broken[] = {
  { CFD_DEMO_VISITOR, 0, "One of the two mugs came broken" },
  { CFD_DEMO_VISITOR, 1, "I have the box and everything still here" },
  { CFD_DEMO_FIRST, 3, "Oh no! No need to send it back. A new one leaves tomorrow, free of charge." },
  { CFD_DEMO_VISITOR, 1, "Wow, that was quick. Thank you!" },
  { CFD_DEMO_FIRST, 1, "You're welcome. Have a lovely day!" },
  { CFD_DEMO_READ, 1, NULL },
  { CFD_DEMO_CLOSE, 2, NULL },
};

static const CfdDemoLine wholesale[] = {
  { CFD_DEMO_VISITOR, 0, "We run three small shops in Scotland and would love to carry your blankets. Do you have wholesale prices, "
                         "and is there a minimum order? We would start with the grey and the mustard one, about forty of each." },
  { CFD_DEMO_NOTE, 25, "Sales is in Oslo until Thursday. I told them by phone." },
};

static const CfdDemoLine password[] = {
  { CFD_DEMO_VISITOR, 0, "I can't sign in to my account" },
  { CFD_DEMO_SECOND, 2, "Have you tried \"Forgot password\" on the sign-in page?" },
  { CFD_DEMO_VISITOR, 1, "The mail never arrives" },
  { CFD_DEMO_SECOND, 4, "Found it: the address in your account has a typo (gmial). I've mended it, please try once more." },
  { CFD_DEMO_VISITOR, 3, "Works! 😊" },
  { CFD_DEMO_CLOSE, 1, NULL },
};

static const CfdDemoConversation conversations[] = {
  { "Callum Fraser", "callum@fraserandsons.example", "en-GB", 4 * 24 * 60, LINES (password) },
  { "Grace Okafor", "grace.okafor@mail.example", "en", 27 * 60, LINES (broken) },
  { "Hannah Petersen", "buchhaltung@kontor-kompass.example", "de-DE", 26 * 60, LINES (invoice) },
  { "Iain MacKenzie", "iain@highlandhome.example", "en-GB", 190, LINES (wholesale) },
  { "佐藤 美咲", "misaki.sato@mail.example", "ja-JP", 140, LINES (japanese) },
  { "Ana Sousa", "ana.sousa@mail.example", "pt-PT", 34, LINES (tracking) },
  { "ليلى حداد", NULL, "ar", 21, LINES (arabic) },
  { NULL, NULL, "fr-FR", 9, LINES (shipping) },
};

/**
 * cfd_demo_script:
 * @n: (out): how many
 *
 * Returns: the demo's conversations, oldest first. All people and firms are invented.
 */
const CfdDemoConversation *
cfd_demo_script (guint *n)
{
  *n = G_N_ELEMENTS (conversations);
  return conversations;
}
