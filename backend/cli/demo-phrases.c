/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo-phrases.h"

#define WORDS(...) (const char *const[]) { __VA_ARGS__, NULL }

/* All people, things and firms are invented. */
static const CfdDemoLanguage languages[] = {
  { "en-GB", 46, " ",
    WORDS ("Grace", "Callum", "Amelia", "Oluwaseun", "Priya", "Jack", "Niamh", "Tariq", "Chloe", "Ravi", "Isla", "Marcus", "Wanjiru", "Ewan", "Sienna"),
    WORDS ("Okafor", "Fraser", "Bennett", "Adeyemi", "Sharma", "Whitfield", "Byrne", "Hussain", "Carter", "Patel", "MacLeod", "Nguyen", "Kamau", "Price"),
    FALSE,
    WORDS ("oak shelf", "desk lamp", "wool blanket", "coffee grinder", "garden chair", "walnut tray", "ceramic mug", "linen curtain", "cast iron pan", "reading chair"),
    WORDS ("Hi, where is my order #?", "The @ arrived with a scratch on the side.", "Can I still change the delivery address of order #?",
           "Is the @ in stock again?", "I would like to return the @.", "How long does the delivery to the islands take?", "I can't sign in to my account.",
           "My discount code does not work at the checkout.", "Could you send me the invoice for #?", "Does the @ come with a guarantee?",
           "I was charged twice for order #.", "The parcel says delivered but there is nothing here.", "Thank you, that is very kind.", "Yes please.",
           "No, I have not received the email.", "That worked, thanks!", "Do you ship to the Orkney islands?", "What are the measurements of the @?"),
    WORDS ("Hello, let me look that up for you.", "Your order # left our warehouse this morning.", "I am sorry about the damage, a new @ is on its way.",
           "You can send it back within 30 days, the label is in your mail.", "Could you tell me the number of the order?", "The @ will be back in about two weeks.",
           "I have refunded the amount, it takes three to five days.", "Please try once more, I have reset it.", "Is there anything else that I can do for you?",
           "The invoice for # is in your mail.", "The carrier says that it is with your neighbour.", "You are welcome, have a lovely day!"),
    WORDS ("Refund is fine with me.", "The carrier lost #, resend it.", "Third complaint about the @ this week, tell the warehouse.", "Regular customer, be generous.") },
  { "de-DE", 18, " ",
    WORDS ("Hannah", "Jürgen", "Leonie", "Björn", "Käthe", "Moritz", "Aylin", "Sören", "Zoë", "Friedrich", "Anneliese", "Emre"),
    WORDS ("Müller", "Schäfer", "Weiß", "Petersen", "Yılmaz", "Krüger", "Brömmelhaus", "Großmann", "Vogel", "Lindqvist"),
    FALSE,
    WORDS ("Schreibtischlampe", "Wolldecke", "Kaffeemühle", "Gartenstuhl", "Pfanne", "Leinenvorhang", "Lesesessel", "Keramiktasse"),
    WORDS ("Guten Tag, wo bleibt meine Bestellung #?", "Die @ kam leider beschädigt an.", "Kann ich die Lieferadresse für # noch ändern?",
           "Ich möchte die @ zurückschicken.", "Ist die @ wieder verfügbar?", "Wie lange dauert die Lieferung nach Österreich?", "Ich brauche eine Rechnung für #.",
           "Die Zahlung wurde zweimal abgebucht.", "Danke, das hat geklappt!", "Nein, es ist nichts angekommen.", "Gibt es die @ auch in Größe L?"),
    WORDS ("Guten Tag, ich schaue gleich nach.", "Ihre Bestellung # ist heute Morgen verschickt worden.", "Das tut mir leid, eine neue @ ist unterwegs.",
           "Sie können sie innerhalb von 30 Tagen zurückschicken.", "Könnten Sie mir die Bestellnummer nennen?", "Die Rechnung für # liegt in Ihrem Postfach.",
           "Sehr gern, einen schönen Tag noch!", "Der Betrag wird in drei bis fünf Tagen erstattet."),
    WORDS ("Kunde ist verärgert, bitte kulant sein.", "Paket # beim Zusteller verloren.", "Lager sagt: @ erst nächste Woche.") },
  { "fr-FR", 12, " ",
    WORDS ("Élodie", "François", "Léa", "Zoé", "Hervé", "Aïcha", "Benoît", "Noémie", "Théo", "Maëlle"),
    WORDS ("Dupré", "Lefèvre", "Nguyễn", "Benali", "Garçon", "Moreau", "Girard", "Châtelain"),
    FALSE,
    WORDS ("lampe de bureau", "couverture en laine", "étagère en chêne", "poêle en fonte", "tasse en céramique"),
    WORDS ("Bonjour, où est ma commande # ?", "La @ est arrivée abîmée.", "Puis-je encore changer l'adresse de livraison ?", "Je voudrais renvoyer la @.",
           "Livrez-vous à Lyon ? Quel serait le coût pour la @ ?", "Je n'ai pas reçu la facture de #.", "Merci, c'est très gentil.", "Oui, s'il vous plaît.",
           "Le code de réduction ne marche pas.", "La @ sera-t-elle bientôt disponible ?"),
    WORDS ("Bonjour, je regarde tout de suite.", "Votre commande # est partie ce matin.", "Je suis désolée, une nouvelle @ vous sera envoyée.",
           "Vous pouvez la renvoyer sous 30 jours.", "Pourriez-vous me donner le numéro de commande ?", "Avec plaisir, bonne journée !"),
    WORDS ("Cliente fidèle, rembourser.", "Colis # perdu par le transporteur.") },
  { "es-ES", 12, " ",
    WORDS ("Lucía", "Íñigo", "María José", "Andrés", "Begoña", "Joaquín", "Ximena", "Raúl", "Nuria"),
    WORDS ("García", "Muñoz", "Fernández", "Ibáñez", "Peña", "Rodríguez", "Vélez", "Núñez"),
    FALSE,
    WORDS ("lámpara de escritorio", "manta de lana", "estantería de roble", "sartén de hierro", "taza de cerámica"),
    WORDS ("Hola, ¿dónde está mi pedido #?", "La @ llegó dañada.", "¿Puedo cambiar la dirección de envío?", "Quiero devolver la @.", "¿Cuánto tarda el envío a Canarias?",
           "No he recibido la factura de #.", "Muchas gracias por su ayuda.", "Sí, por favor.", "Me han cobrado dos veces.", "¿La @ tiene garantía?"),
    WORDS ("Hola, ahora mismo lo miro.", "Su pedido # salió esta mañana.", "Lo siento mucho, le enviamos otra @.", "Puede devolverla en 30 días.",
           "¿Me podría decir el número de pedido?", "¡De nada, que tenga un buen día!"),
    WORDS ("Reembolsar sin preguntar.", "El paquete # se perdió en Sevilla.") },
  { "ar", 4, " ",
    WORDS ("ليلى", "أحمد", "فاطمة", "يوسف", "مريم", "خالد", "نور", "إبراهيم"),
    WORDS ("حداد", "المصري", "بن علي", "الخطيب", "منصور", "العمري"),
    FALSE,
    WORDS ("مصباح المكتب", "بطانية الصوف", "كرسي الحديقة", "فنجان الخزف"),
    WORDS ("مرحبا، أين طلبي رقم #؟", "وصل @ مكسورًا.", "هل يمكنني تغيير عنوان التوصيل؟", "أريد إرجاع @.", "كم يستغرق التوصيل إلى الإسكندرية؟", "شكرًا جزيلًا لكم.",
           "لم أستلم الفاتورة بعد.", "نعم من فضلك."),
    WORDS ("أهلًا بك، سأتحقق من ذلك الآن.", "خرج طلبك رقم # من المخزن هذا الصباح.", "نعتذر عن ذلك، سنرسل لك @ جديدًا.", "على الرحب والسعة، نهارك سعيد!"),
    WORDS ("عميل دائم، أعيدوا المبلغ.", "ضاع الطرد # عند شركة الشحن.") },
  { "zh-CN", 4, "",
    WORDS ("伟", "芳", "秀英", "娜", "敏", "静", "丽", "强", "磊", "洋", "艳", "勇"),
    WORDS ("王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴"),
    TRUE,
    WORDS ("台灯", "羊毛毯", "橡木书架", "咖啡研磨机", "花园椅子", "陶瓷杯"),
    WORDS ("你好，我的订单#到哪里了？", "收到的@坏了。", "我可以修改收货地址吗？", "我想退货，@不合适。", "@什么时候有货？", "请把订单#的发票发给我。", "谢谢，问题解决了！", "好的，麻烦你了。",
           "付款被扣了两次。", "运费是多少？"),
    WORDS ("您好，我马上帮您查一下。", "您的订单#今天早上已经发货。", "非常抱歉，我们会重新寄一个@给您。", "您可以在三十天内退货。", "请告诉我订单号码。", "不客气，祝您愉快！"),
    WORDS ("老客户，直接退款。", "快递弄丢了#，请补发。") },
  { "ja-JP", 4, "",
    WORDS ("美咲", "翔太", "さくら", "健一", "陽菜", "大輔", "由美子", "蓮"),
    WORDS ("佐藤", "鈴木", "高橋", "田中", "渡辺", "伊藤", "山本", "小林"),
    TRUE,
    WORDS ("デスクランプ", "ウールの毛布", "本棚", "コーヒーミル", "庭の椅子", "マグカップ"),
    WORDS ("こんにちは。注文#はいつ届きますか？", "@が壊れて届きました。", "配送先の住所を変更できますか？", "@を返品したいです。", "@の在庫はありますか？", "#の領収書をお願いします。",
           "ありがとうございます！", "はい、お願いします。", "二重に請求されています。", "送料はいくらですか？"),
    WORDS ("お問い合わせありがとうございます。確認いたします。", "ご注文#は今朝発送いたしました。", "申し訳ございません。新しい@をお送りします。", "三十日以内でしたら返品できます。",
           "ご注文番号を教えていただけますか？", "どういたしまして。良い一日を！"),
    WORDS ("常連のお客様です。返金してください。", "運送会社が#を紛失。再送。") },
};

static const char *
pick (const char *const *words, CfdDemoRandom *random)
{
  guint n = 0;

  while (words[n] != NULL)
    n++;
  return words[cfd_demo_random_below (random, n)];
}

/**
 * cfd_demo_language:
 * Returns: one of them, the common ones more often.
 */
const CfdDemoLanguage *
cfd_demo_language (CfdDemoRandom *random)
{
  guint at = cfd_demo_random_below (random, 100), i = 0;

  for (; i + 1 < G_N_ELEMENTS (languages) && at >= languages[i].weight; i++)
    at -= languages[i].weight;
  return &languages[i];
}

/**
 * cfd_demo_name:
 * Returns: (transfer full): what a person of that language may be called.
 */
char *
cfd_demo_name (const CfdDemoLanguage *language, CfdDemoRandom *random)
{
  const char *given = pick (language->given, random), *family = pick (language->family, random);

  return language->family_first ? g_strdup_printf ("%s %s", family, given) : g_strdup_printf ("%s %s", given, family);
}

/**
 * cfd_demo_address:
 * Returns: (transfer full): an email address that nobody has.
 */
char *
cfd_demo_address (CfdDemoRandom *random)
{
  static const char *const sounds[] = { "ba", "ko", "li", "mar", "ne", "pe", "ra", "sun", "ta", "vi", "wel", "zo", "an", "el", "fi", NULL };
  static const char *const hosts[] = { "mail", "post", "inbox", "letters", "office", NULL };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < 3; i++)
    g_string_append (out, pick (sounds, random));
  g_string_append_printf (out, "%u@%s.example", cfd_demo_random_below (random, 10000), pick (hosts, random));
  return g_string_free (out, FALSE);
}

static void
append_sentence (GString *out, const CfdDemoLanguage *language, const char *sentence, CfdDemoRandom *random)
{
  for (const char *p = sentence; *p != '\0'; p++)
    if (*p == '#')
      g_string_append_printf (out, "%c%u", 'A' + cfd_demo_random_below (random, 8), 10000 + cfd_demo_random_below (random, 900000));
    else if (*p == '@')
      g_string_append (out, pick (language->things, random));
    else
      g_string_append_c (out, *p);
}

/**
 * cfd_demo_text:
 * @sentences: one of the language's lists
 *
 * Returns: (transfer full): one to three of them, as one writes in a chat.
 */
char *
cfd_demo_text (const CfdDemoLanguage *language, const char *const *sentences, CfdDemoRandom *random)
{
  GString *out = g_string_new (NULL);

  append_sentence (out, language, pick (sentences, random), random);
  for (guint i = 0; i < 2 && cfd_demo_random_chance (random, 35); i++)
    {
      g_string_append (out, cfd_demo_random_chance (random, 5) ? "\n" : language->space);
      append_sentence (out, language, pick (sentences, random), random);
    }
  return g_string_free (out, FALSE);
}
